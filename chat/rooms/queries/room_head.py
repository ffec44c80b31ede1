"""What stands over a room and beside its feed, in two prepared queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery

from accounts.models import Organisation, User
from chat.models import Room, RoomMember
from chat.rooms.schemas import MAX_DIRECT
from chat.sidebar.queries import direct_name
from lib.db.prepared import PreparedQuery, build_instance, list_field_names

# How many of a room's members are shown where not all are.
FACES = 3


class OwnMembership(NamedTuple):
    """One's own membership."""

    role: str
    last_read_seq: int


@dataclass(frozen=True, slots=True)
class RoomHead:
    """A visible room without its feed. `name` is what one calls it. `faces` are its first few members, in a direct room
    all; `others` are those of a direct room but oneself.
    """

    room: Room
    name: str
    membership: OwnMembership | None
    member_count: int
    faces: list[User]
    others: list[User]
    can_administer: bool
    can_post: bool

    @property
    def face_limit(self) -> int:
        """How many faces are shown at most."""
        return _face_limit(self.room)


def room_head(*, user: User, room_id: UUID) -> RoomHead:
    """What the bar over a visible room shows, and what one may do in it."""
    seen = _seen_room(user, room_id)
    room = seen.room
    faces = _faces(room)
    others = _others(room, faces, user)
    return RoomHead(
        room=room,
        name=direct_name(others, user) if room.is_direct else room.name,
        membership=seen.membership,
        member_count=seen.member_count,
        faces=faces,
        others=others,
        can_administer=seen.can_administer,
        can_post=seen.can_post,
    )


class _SeenRoom(NamedTuple):
    """A room with what it is to somebody."""

    room: Room
    membership: OwnMembership | None
    member_count: int
    can_administer: bool
    can_post: bool


def _seen_room(user: User, room_id: UUID) -> _SeenRoom:
    row = _room.first(user_id=user.pk, room_id=room_id)
    if row is None:
        raise Room.DoesNotExist
    role, last_read_seq, member_count, can_administer, can_post, *fields = row
    room = build_instance(Room, fields[: len(ROOM_FIELDS)])
    room.organisation = build_instance(Organisation, fields[len(ROOM_FIELDS) :])
    membership = OwnMembership(role, last_read_seq) if role else None
    return _SeenRoom(room, membership, member_count, can_administer, can_post)


def _faces(room: Room) -> list[User]:
    return [build_instance(User, values) for values in _members(_face_limit(room)).rows(room_id=room.pk)]


def _face_limit(room: Room) -> int:
    return MAX_DIRECT if room.is_direct else FACES


def _others(room: Room, faces: list[User], user: User) -> list[User]:
    others = (face for face in faces if room.is_direct and face.pk != user.pk)
    return sorted(others, key=lambda face: face.name)


ROOM_FIELDS = list_field_names(Room)
_own = RoomMember.objects.filter(room=OuterRef("pk"))
_count = RoomMember.objects.filter(room=OuterRef("pk")).order_by().values("room").annotate(n=Count("pk")).values("n")
_room = PreparedQuery(
    lambda user_id, room_id: (
        Room.objects.visible_to(User(pk=user_id))
        .filter(pk=room_id)
        .annotate(
            member_count=Subquery(_count),
            role=Subquery(_own.filter(user=user_id).values("role")[:1]),
            last_read_seq=Subquery(_own.filter(user=user_id).values("last_read_seq")[:1]),
            can_administer=Exists(Room.objects.administered_by(User(pk=user_id)).filter(pk=OuterRef("pk"))),
            can_post=Exists(Room.objects.writable_by(User(pk=user_id)).filter(pk=OuterRef("pk"))),
        )
        .values_list(
            "role",
            "last_read_seq",
            "member_count",
            "can_administer",
            "can_post",
            *ROOM_FIELDS,
            *list_field_names(Organisation, "organisation__"),
        )
    ),
    user_id=UUID,
    room_id=UUID,
)


@lru_cache
def _members(limit: int) -> PreparedQuery:
    return PreparedQuery(
        lambda room_id: (
            RoomMember.objects.filter(room=room_id)
            .order_by("joined_at", "pk")
            .values_list(*list_field_names(User, "user__"))[:limit]
        ),
        room_id=UUID,
    )
