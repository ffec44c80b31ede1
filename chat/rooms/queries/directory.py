"""Find rooms to join, for the directory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField

from accounts.models import Organisation, User
from chat.models import Room, RoomMember
from chat.rooms.queries.room_head import FACES
from lib.web.pagination import PageQuery, decode_cursor

BY_NAME, BY_ACTIVITY = "name", "activity"


@dataclass(frozen=True, slots=True)
class DirectoryRoom:
    """A channel, or an archived group of the user's own, as the directory shows it."""

    room: Room
    joined: bool
    faces: list[User]


def browsable_rooms(*, user: User, organisation: Organisation, show: str = "all") -> QuerySet[Room]:
    """Return the channels of an organisation with `joined`; `show` is all, unjoined or archived.

    Archived rooms have left the sidebar, so the groups that the user is in are among them.
    """
    joined = Exists(RoomMember.objects.filter(room=OuterRef("pk"), user=user))
    rooms = Room.objects.visible_to(user).filter(organisation=organisation).annotate(joined=joined)
    if show == "archived":
        return rooms.exclude(archived_at=None).exclude(kind=Room.Kind.DIRECT)
    rooms = rooms.filter(archived_at=None, kind=Room.Kind.CHANNEL)
    return rooms.filter(joined=False) if show == "unjoined" else rooms


def directory_for(
    *, user: User, organisation: Organisation, q: str = "", show: str = "all", sort: str = BY_NAME
) -> QuerySet[Room]:
    """Return the rooms of `browsable_rooms` whose name or topic contains `q`, any piece of it.

    Sorted by name, `general` first, or by activity: those written in last first.
    """
    rooms = browsable_rooms(user=user, organisation=organisation, show=show).select_related("organisation")
    if q:
        rooms = rooms.filter(Q(folded_name__contains_folded=q) | Q(folded_topic__contains_folded=q))
    if sort == BY_ACTIVITY:
        return rooms.order_by(F("last_message_at").desc(nulls_last=True), "-pk")
    return rooms.order_by("-is_general", "folded_name", "pk")


def directory_page(rooms: QuerySet[Room], page: PageQuery, *, sort: str = BY_NAME) -> list[Room]:
    """Return the rooms of `directory_for` behind the cursor of a page, at most one more than it holds.

    The cursor names the last room that was seen, which may have another place by now: they go on behind it. Nothing
    follows one that is gone. One query, two with a cursor.
    """
    if page.cursor is not None:
        last = rooms.filter(pk=decode_cursor(page.cursor)).first()
        if last is None:
            return []
        rooms = rooms.filter(_is_behind(last, sort))
    return list(rooms[: page.limit + 1])


def _is_behind(last: Room, sort: str) -> Q:
    """Return the condition of the rooms that follow one in an order of `directory_for`."""
    if sort == BY_ACTIVITY:
        moment = last.last_message_at
        if moment is None:
            return Q(last_message_at=None, pk__lt=last.pk)
        return Q(last_message_at__lt=moment) | Q(last_message_at=None) | Q(last_message_at=moment, pk__lt=last.pk)
    if last.is_general:
        return Q(is_general=False)
    return Q(is_general=False) & (Q(folded_name__gt=last.folded_name) | Q(folded_name=last.folded_name, pk__gt=last.pk))


def build_directory(rooms: Sequence[Room], user: User) -> list[DirectoryRoom]:
    """Return rooms of `directory_for`, each with the first few of its other members. Two queries."""
    faces = find_faces([room.pk for room in rooms], user)
    return [DirectoryRoom(room, room.joined, faces.get(room.pk, [])) for room in rooms]  # type: ignore[attr-defined]


def find_faces(room_ids: Sequence[UUID], user: User) -> dict[UUID, list[User]]:
    """Return the first few members of rooms without `user`, whose ids an index gives without reading the others."""
    if not room_ids:
        return {}
    others = RoomMember.objects.filter(room=OuterRef("pk")).exclude(user=user).order_by("pk").values("user")
    firsts = {f"face_{n}": Subquery(others[n : n + 1], output_field=UUIDField()) for n in range(FACES)}
    rows = Room.objects.filter(pk__in=room_ids).annotate(**firsts).values_list("pk", *firsts)
    user_ids = {room_id: [each for each in found if each] for room_id, *found in rows}
    users = User.objects.in_bulk({each for found in user_ids.values() for each in found})
    return {room_id: [users[each] for each in found] for room_id, found in user_ids.items()}
