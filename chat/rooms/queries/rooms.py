"""Rooms and who is in them, for REST and for pages about a room."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Membership, Organisation, User
from accounts.schemas import UserOut
from chat.models import Room, RoomMember
from chat.rooms.schemas import BrowsedRoomOut, MyRoomOut, RoomOut
from chat.sidebar.queries import direct_name, others_in, unread_mentions


def my_memberships(*, user: User, organisation: Organisation) -> QuerySet[RoomMember]:
    """One's places in the rooms of an organisation."""
    return RoomMember.objects.filter(user=user, room__organisation=organisation).select_related("room__organisation")


def my_rooms(*, user: User, memberships: Sequence[RoomMember]) -> list[MyRoomOut]:
    """Rooms with what is unread in them. Two queries, however many rooms."""
    mentions = unread_mentions(user)
    others = others_in([member.room_id for member in memberships if member.room.is_direct], user)
    return [
        _mine(member, mentions.get(member.room_id, 0), others.get(member.room_id, []), user) for member in memberships
    ]


def visible_room(*, user: User, room_id: UUID) -> RoomOut:
    """A room one can see; with one's own marks when one is in it."""
    member = RoomMember.objects.filter(user=user, room=room_id).select_related("room__organisation").first()
    if member is not None:
        return my_rooms(user=user, memberships=[member])[0]
    return RoomOut.of(Room.objects.visible_to(user).select_related("organisation").get(pk=room_id))


def kinds_open_to(own: Membership) -> list[Room.Kind]:
    """Which rooms somebody may open by their role in the organisation: guests groups only."""
    return [Room.Kind.CHANNEL, Room.Kind.GROUP] if own.role in Membership.OPEN_ROOM_ROLES else [Room.Kind.GROUP]


def members_of(room: Room) -> list[RoomMember]:
    """Everybody in a room with their user, in the order they came. One query."""
    return list(RoomMember.objects.with_user().filter(room=room).order_by("joined_at", "pk"))


def may_leave(room: Room, members: Sequence[RoomMember]) -> set[UUID]:
    """Who of its members may leave a room or be shown out: of `general` guests only, of a direct one nobody."""
    if room.is_direct:
        return set()
    everybody = {member.user_id for member in members}
    if not room.is_general:
        return everybody
    guests = Membership.objects.filter(organisation=room.organisation_id, role=Membership.Role.GUEST)
    return everybody.intersection(guests.values_list("user", flat=True))


def browsed(room: Room) -> BrowsedRoomOut:
    """A channel from `browsable_rooms`, its organisation loaded."""
    fields = dict(RoomOut.of(room))
    return BrowsedRoomOut.model_construct(member_count=room.member_count, joined=room.joined, **fields)  # type: ignore[attr-defined]


def _mine(member: RoomMember, mentions: int, others: list[User], user: User) -> MyRoomOut:
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
