"""Load rooms and their members, for REST and for pages about a room."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Membership, Organisation, User
from accounts.schemas import UserOut
from chat.models import Room, RoomMember
from chat.room_names import direct_name, other_members_of
from chat.rooms.schemas import BrowsedRoomOut, MyRoomOut, RoomOut
from chat.unread import unread_mentions


def my_memberships(*, user: User, organisation: Organisation) -> QuerySet[RoomMember]:
    """Return a user's memberships in the rooms of an organisation."""
    return RoomMember.objects.filter(user=user, room__organisation=organisation).select_related("room__organisation")


def my_rooms(*, user: User, memberships: Sequence[RoomMember]) -> list[MyRoomOut]:
    """Return rooms with what a user has not read in them. Two queries, however many rooms."""
    mentions = unread_mentions(user)
    others = other_members_of([member.room_id for member in memberships if member.room.is_direct], user)
    return [
        _present_own_room(member, mentions.get(member.room_id, 0), others.get(member.room_id, []), user)
        for member in memberships
    ]


def visible_room(*, user: User, room_id: UUID) -> RoomOut:
    """Return a room that a user can see; with their read mark when they are in it."""
    member = RoomMember.objects.filter(user=user, room=room_id).select_related("room__organisation").first()
    if member is not None:
        return my_rooms(user=user, memberships=[member])[0]
    return RoomOut.of(Room.objects.visible_to(user).select_related("organisation").get(pk=room_id))


def kinds_open_to(own: Membership) -> list[Room.Kind]:
    """Return the kinds of rooms that a member may open: guests groups only."""
    return [Room.Kind.CHANNEL, Room.Kind.GROUP] if own.role in Membership.OPEN_ROOM_ROLES else [Room.Kind.GROUP]


def members_of(room: Room) -> list[RoomMember]:
    """Return the members of a room with their users, in the order in which they joined. One query."""
    return list(RoomMember.objects.with_user().filter(room=room).order_by("joined_at", "pk"))


def may_leave(room: Room, members: Sequence[RoomMember]) -> set[UUID]:
    """Return the ids of the members who may leave a room or be removed: only guests in `general`, none in a direct."""
    if room.is_direct:
        return set()
    user_ids = {member.user_id for member in members}
    if not room.is_general:
        return user_ids
    guests = Membership.objects.filter(organisation=room.organisation_id, role=Membership.Role.GUEST)
    return user_ids.intersection(guests.values_list("user", flat=True))


def present_browsed_room(room: Room) -> BrowsedRoomOut:
    """Return the shape of a channel from `browsable_rooms` whose organisation is loaded."""
    fields = dict(RoomOut.of(room))
    return BrowsedRoomOut.model_construct(member_count=room.member_count, joined=room.joined, **fields)  # type: ignore[attr-defined]


def _present_own_room(member: RoomMember, mentions: int, others: list[User], user: User) -> MyRoomOut:
    room = member.room
    fields = dict(RoomOut.of(room))
    if room.is_direct:
        fields["name"] = direct_name(others, user)
    return MyRoomOut.model_construct(
        role=member.role,
        last_read_seq=member.last_read_seq,
        unread=room.last_seq - member.last_read_seq,
        mentions=mentions,
        members=[UserOut.of(other) for other in others],
        **fields,
    )
