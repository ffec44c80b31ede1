"""Rooms and their members, as REST answers and events carry them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from accounts.models import User
from accounts.schemas import UserOut
from chat.models import Room, RoomMember
from lib.web.pagination import PageQuery
from lib.web.schemas import LEFT_OUT, Search, Timestamp

# Users in a direct room, its creator among them.
MAX_DIRECT = 51
# A time that has passed ends a mute.
UNMUTED = datetime(1970, 1, 1, tzinfo=UTC)

RoomName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Topic = Annotated[str, StringConstraints(strip_whitespace=True, max_length=250)]


Emoji = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)]
NotificationLevel = Literal["all", "mentions", "nothing"]
MutedUntil = Annotated[
    Timestamp | None, Field(description="Until when you have muted it, 9999-01-01 being for ever; null: not muted.")
]


class OwnSettingsOut(BaseModel):
    """Your side of a room that you are in."""

    favourite: bool
    muted_until: MutedUntil
    notification_level: NotificationLevel

    @classmethod
    def of(cls, member: RoomMember) -> OwnSettingsOut:
        """Return the settings of a member."""
        return cls.model_construct(**read_own_settings(member))


class OwnSettingsPatch(BaseModel):
    favourite: bool = LEFT_OUT
    muted_until: AwareDatetime | None = Field(default=LEFT_OUT, description="Null, or a time that has passed: unmute.")
    notification_level: NotificationLevel = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `change_own_settings`."""
        given = self.model_dump(exclude_unset=True)
        return given | ({"muted_until": given["muted_until"] or UNMUTED} if "muted_until" in given else {})


class RoomOut(BaseModel):
    """A room that you can see."""

    id: UUID
    organisation: str
    kind: Literal["channel", "group", "direct"]
    name: str
    topic: str
    emoji: str = Field(description="Stands before the name, unless there is a picture; empty: none.")
    picture_url: str | None = Field(description="The path of its picture on this server; null: none.")
    is_general: bool
    project_id: UUID | None = Field(description="The project that it belongs to; null: none.")
    project_name: str = Field(description="What that is called; empty: none.")
    system_messages: bool = Field(description="What happens in the room is told in it.")
    archived_at: Timestamp | None
    version: int
    last_seq: int
    last_message_at: Timestamp | None
    created_at: Timestamp

    @classmethod
    def of(cls, room: Room) -> RoomOut:
        """Return the shape of a room whose organisation is loaded."""
        return cls.model_construct(**_read_fields(room))


class MyRoomOut(RoomOut):
    """A room that you are in, with your read mark and what you have not read."""

    role: Literal["admin", "member"]
    last_read_seq: int
    unread: int
    mentions: int
    favourite: bool
    muted_until: MutedUntil
    notification_level: NotificationLevel
    members: list[UserOut] = Field(description="The others in a direct room; empty for channels and groups.")

    @classmethod
    def of_member(cls, member: RoomMember, *, name: str, mentions: int, others: Iterable[User]) -> MyRoomOut:
        """Return the shape of the room of a member, whose organisation is loaded, by the name that the member sees."""
        fields = _read_fields(member.room) | {"name": name}
        return cls.model_construct(
            role=member.role,
            last_read_seq=member.last_read_seq,
            unread=member.room.last_seq - member.last_read_seq,
            mentions=mentions,
            members=[UserOut.of(other) for other in others],
            **read_own_settings(member),
            **fields,
        )


class BrowsedRoomOut(RoomOut):
    """A channel that you may join."""

    member_count: int
    joined: bool

    @classmethod
    def of(cls, room: Room) -> BrowsedRoomOut:
        """Return the shape of a channel from `browsable_rooms` whose organisation is loaded."""
        return cls.model_construct(member_count=room.member_count, joined=room.joined, **_read_fields(room))  # type: ignore[attr-defined]


class RoomsQuery(PageQuery):
    """Query parameters of a list of rooms."""

    browse: bool = Field(default=False, description="The channels that you may join, in place of your rooms.")
    q: Search = Field(default="", description="With `browse`: a piece of their name or topic.")
    show: Literal["all", "unjoined", "archived"] = Field(default="all", description="With `browse`.")
    sort: Literal["name", "activity"] = Field(default="name", description="With `browse`.")


class RoomIn(BaseModel):
    name: RoomName
    kind: Literal["group", "channel"]
    topic: Topic = ""
    project_id: UUID | None = Field(default=None, description="A project that you are in.")
    member_ids: list[UUID] = Field(default=[], max_length=500)


class RoomPatch(BaseModel):
    name: RoomName = LEFT_OUT
    topic: Topic | None = Field(default=LEFT_OUT, description="Null clears it.")
    emoji: Emoji | None = Field(default=LEFT_OUT, description="Null removes it.")
    system_messages: bool = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `update_room`."""
        return {field: "" if value is None else value for field, value in self.model_dump(exclude_unset=True).items()}


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


def read_own_settings(member: RoomMember) -> dict[str, Any]:
    """Return the fields of `OwnSettingsOut`."""
    return {
        "favourite": member.favourite,
        "muted_until": member.current_mute,
        "notification_level": member.notification_level,
    }


def _read_fields(room: Room) -> dict[str, Any]:
    """Return the fields of `RoomOut`, which are those of the room, but for its organisation."""
    own_fields = {
        name: getattr(room, name) for name in RoomOut.model_fields if name not in ("organisation", "project_id")
    }
    # A project has the id of its main channel.
    return own_fields | {"organisation": room.organisation.slug, "project_id": room.main_channel_id}
