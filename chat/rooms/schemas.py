"""Rooms and their members, as REST answers and events carry them."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from accounts.schemas import UserOut
from chat.models import Room, RoomMember
from lib.web.schemas import Timestamp

# Users in a direct room, its creator among them.
MAX_DIRECT = 51

RoomName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Topic = Annotated[str, StringConstraints(strip_whitespace=True, max_length=250)]


class RoomOut(BaseModel):
    """A room that you can see."""

    id: UUID
    organisation: str
    kind: Literal["channel", "group", "direct"]
    name: str
    topic: str
    is_general: bool
    archived_at: Timestamp | None
    version: int
    last_seq: int
    last_message_at: Timestamp | None
    created_at: Timestamp

    @classmethod
    def of(cls, room: Room) -> RoomOut:
        """Return the shape of a room whose organisation is loaded."""
        return cls.model_construct(organisation=room.organisation.slug, **_read_fields(room))


class MyRoomOut(RoomOut):
    """A room that you are in, with your read mark and what you have not read."""

    role: Literal["admin", "member"]
    last_read_seq: int
    unread: int
    mentions: int
    members: list[UserOut] = Field(description="The others in a direct room; empty for channels and groups.")


class BrowsedRoomOut(RoomOut):
    """A channel that you may join."""

    member_count: int
    joined: bool


class RoomIn(BaseModel):
    name: RoomName
    kind: Literal["group", "channel"]
    topic: Topic = ""
    member_ids: list[UUID] = Field(default=[], max_length=500)


class RoomPatch(BaseModel):
    name: RoomName | None = None
    topic: Topic | None = None


class DirectIn(BaseModel):
    user_ids: list[UUID] = Field(min_length=1, max_length=MAX_DIRECT - 1)


class RoomMemberOut(BaseModel):
    """A member of a room."""

    user: UserOut
    role: Literal["admin", "member"]
    joined_at: Timestamp

    @classmethod
    def of(cls, member: RoomMember) -> RoomMemberOut:
        """Return the shape of a member whose user is loaded."""
        return cls.model_construct(user=UserOut.of(member.user), role=member.role, joined_at=member.joined_at)


class RoomMemberIn(BaseModel):
    user_id: UUID
    role: Literal["admin", "member"] = "member"


class RoomMemberPatch(BaseModel):
    role: Literal["admin", "member"]


def _read_fields(room: Room) -> dict[str, Any]:
    names = ("id", "kind", "name", "topic", "is_general", "archived_at", "version", "last_seq", "last_message_at")
    return {name: getattr(room, name) for name in names} | {"created_at": room.created_at}
