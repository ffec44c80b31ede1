"""Name direct rooms by their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from accounts.models import User
from chat.models import Room, RoomMember


def direct_name(others: Sequence[User], me: User) -> str:
    """Return the name of a direct room: the names of the others in it, or the user's own in a room with themself."""
    return ", ".join(user.name for user in others) or f"{me.name} (you)"


def other_members_of(room_ids: Sequence[UUID], user: User) -> dict[UUID, list[User]]:
    """Return the members of these rooms without `user`, sorted by name. One query, none for no rooms."""
    others: defaultdict[UUID, list[User]] = defaultdict(list)
    if room_ids:
        members = RoomMember.objects.with_user().filter(room__in=room_ids).exclude(user=user)
        for member in members.order_by("user__folded_name"):
            others[member.room_id].append(member.user)
    return others


def name_rooms(rooms: Collection[Room], user: User) -> dict[UUID, str]:
    """Return what rooms are called for a user, by their ids. One query where direct ones are among them."""
    others = other_members_of([room.pk for room in rooms if room.is_direct], user)
    return {room.pk: direct_name(others.get(room.pk, []), user) if room.is_direct else room.full_name for room in rooms}
