"""Find the rooms and users that a message can be forwarded to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from accounts.models import Membership, User
from accounts.organisations.queries import members_visible_to
from chat.models import Room
from chat.room_names import direct_name, other_members_of

SHOWN = 8


@dataclass(frozen=True, slots=True)
class RoomDestination:
    """A room that a user may write in, by the name that they know it by."""

    room: Room
    name: str


@dataclass(frozen=True, slots=True)
class Destinations:
    """A few rooms and users."""

    rooms: list[RoomDestination]
    users: list[User]


def find_destinations(*, own: Membership, q: str = "") -> Destinations:
    """Return a few rooms that a member may write in, and users, whose names contain `q`. Two queries.

    Without `q`, the rooms that were written in last, direct ones among them, and no users. Three queries.
    """
    user = own.user
    rooms = Room.objects.writable_by(user).filter(organisation=own.organisation)
    if not q:
        latest = list(rooms.order_by(F("last_message_at").desc(nulls_last=True), "pk")[:SHOWN])
        others = other_members_of([room.pk for room in latest if room.is_direct], user)
        return Destinations([_name_room(room, others.get(room.pk, []), user) for room in latest], [])
    text = q.removeprefix("#")
    found = rooms.exclude(kind=Room.Kind.DIRECT).filter(folded_name__contains_folded=text)
    members = members_visible_to(own).filter(user__is_active=True).matching(q, by_email=False).with_user().by_name()
    return Destinations(
        [_name_room(room, [], user) for room in found.order_by("folded_name", "pk")[:SHOWN]],
        [member.user for member in members[:SHOWN]],
    )


def _name_room(room: Room, others: list[User], user: User) -> RoomDestination:
    return RoomDestination(room, direct_name(others, user) if room.is_direct else room.full_name)
