"""Load rooms and their members, for REST and for pages about a room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Membership, Organisation, User
from chat.models import Room, RoomMember
from chat.room_names import direct_name, other_members_of
from chat.rooms.schemas import MyRoomOut, RoomOut
from chat.unread import unread_mentions


def my_memberships(*, user: User, organisation: Organisation) -> QuerySet[RoomMember]:
    """Return a user's memberships in the rooms of an organisation."""
    return RoomMember.objects.filter(user=user, room__organisation=organisation).select_related("room__organisation")


def my_rooms(*, user: User, memberships: Sequence[RoomMember]) -> list[MyRoomOut]:
    """Return rooms with what a user has not read in them. Two queries, however many rooms."""
    mentions = unread_mentions(user)
    others_by_room = other_members_of([member.room_id for member in memberships if member.room.is_direct], user)
    shapes = []
    for member in memberships:
        room, others = member.room, others_by_room.get(member.room_id, [])
        name = direct_name(others, user) if room.is_direct else room.name
        shapes.append(MyRoomOut.of_member(member, name=name, mentions=mentions.get(room.pk, 0), others=others))
    return shapes


def visible_room(*, user: User, room_id: UUID) -> RoomOut:
    """Return a room that a user can see; with their read mark when they are in it."""
    member = RoomMember.objects.filter(user=user, room=room_id).select_related("room__organisation").first()
    if member is not None:
        return my_rooms(user=user, memberships=[member])[0]
    return RoomOut.of(Room.objects.visible_to(user).select_related("organisation").get(pk=room_id))


def kinds_open_to(own: Membership) -> list[Room.Kind]:
    """Return the kinds of rooms that a member may open: guests groups only."""
    return [Room.Kind.CHANNEL, Room.Kind.GROUP] if own.role in Membership.OPEN_ROOM_ROLES else [Room.Kind.GROUP]


def members_of(room: Room, q: str = "") -> QuerySet[RoomMember]:
    """Return the members of a room with their users, admins first; `q` is part of their name or username."""
    members = RoomMember.objects.with_user().filter(room=room).admins_first()
    return members.filter(user__in=User.objects.matching(q, by_email=False)) if q else members


def may_leave(room: Room, user_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some members who may leave a room or be removed: only guests in `general`, none in a direct."""
    if room.is_direct:
        return set()
    if not room.is_general:
        return set(user_ids)
    guests = Membership.objects.guests().filter(organisation=room.organisation_id)
    return set(guests.filter(user__in=user_ids).values_list("user", flat=True))


def has_several_admins(room: Room) -> bool:
    """Tell whether a room keeps an admin when one of them becomes a plain member."""
    return RoomMember.objects.filter(room=room, role=RoomMember.Role.ADMIN)[:2].count() > 1
