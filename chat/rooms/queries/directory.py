"""Find rooms to join and users to write to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Membership, Organisation, User
from accounts.organisations.queries import members_visible_to
from chat.models import Room, RoomMember
from chat.rooms.queries.room_head import FACES


@dataclass(frozen=True, slots=True)
class DirectoryRoom:
    """A channel, or an archived group of the user's own, as the directory shows it."""

    room: Room
    joined: bool
    member_count: int
    faces: list[User]


def browsable_rooms(*, user: User, organisation: Organisation, show: str = "all") -> QuerySet[Room]:
    """Return the channels of an organisation with `joined` and `member_count`; `show` is all, unjoined or archived.

    Archived rooms have left the sidebar, so the groups that the user is in are among them.
    """
    rooms = (
        Room.objects.visible_to(user)
        .filter(organisation=organisation)
        .annotate(
            joined=Exists(RoomMember.objects.filter(room=OuterRef("pk"), user=user)),
            member_count=Count("members", distinct=True),
        )
    )
    if show == "archived":
        return rooms.exclude(archived_at=None).exclude(kind=Room.Kind.DIRECT)
    rooms = rooms.filter(archived_at=None, kind=Room.Kind.CHANNEL)
    return rooms.filter(joined=False) if show == "unjoined" else rooms


def directory_for(*, user: User, organisation: Organisation, q: str = "", show: str = "all") -> list[DirectoryRoom]:
    """Return rooms by name, each with the few members seen last. Two queries, and no row more than is shown."""
    rooms = browsable_rooms(user=user, organisation=organisation, show=show)
    if q:
        rooms = rooms.filter(Q(folded_name__contains_folded=q) | Q(folded_topic__contains_folded=q))
    # PostgreSQL and SQLite sort NULL differently.
    seen_last = F("user__seen_at").desc(nulls_last=True)
    faces = RoomMember.objects.with_user().exclude(user=user).order_by(seen_last, "pk")[:FACES]
    rooms = rooms.order_by("-is_general", "folded_name", "pk").prefetch_related(
        Prefetch("members", faces, to_attr="faces")
    )
    return [
        DirectoryRoom(room, room.joined, room.member_count, [member.user for member in room.faces])  # type: ignore[attr-defined]
        for room in rooms
    ]


def users_to_add(*, user: User, room: Room) -> list[User]:
    """Return the users that a user may add to a room, by name."""
    extensible = Room.objects.extensible_by(user).filter(pk=room.pk)
    own = (
        Membership.objects.filter(user=user, organisation__rooms__in=extensible).select_related("organisation").first()
    )
    if own is None:
        return []
    members = RoomMember.objects.filter(room=room).values("user")
    users = User.objects.active().filter(pk__in=members_visible_to(own).values("user")).exclude(pk__in=members)
    return list(users.order_by("folded_name", "pk"))


def users_to_write_to(*, own: Membership, q: str = "") -> list[User]:
    """Return the users of an organisation that a member may write to, by name and without the member."""
    users = User.objects.active().filter(pk__in=members_visible_to(own).values("user")).exclude(pk=own.user_id)
    if q:
        users = users.matching(q, by_email=False)
    return list(users.order_by("folded_name", "pk"))
