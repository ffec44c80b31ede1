"""Results of a search, as REST answers carry them."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from chat.messages.schemas import AuthorOut, MessageOut
from chat.models import Room
from chat.search.cursors import parse_cursor
from chat.search.language import MAX_QUERY
from lib.web.schemas import Schema, Slug

SearchText = Annotated[str, StringConstraints(max_length=MAX_QUERY)]


class SearchQuery(Schema):
    """Query parameters of a search."""

    org: Slug
    q: SearchText = ""
    sort: Literal["relevance", "newest"] = "relevance"
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(default=None, max_length=150)

    @field_validator("cursor")
    @classmethod
    def _check_cursor(cls, cursor: str | None) -> str | None:
        if cursor is not None and parse_cursor(cursor) is None:
            raise PydanticCustomError("cursor", "This is not a cursor we gave out.")
        return cursor


class FoundFileOut(BaseModel):
    """A file of a message in whose text a search has found a word."""

    id: UUID
    name: str
    snippet: str = Field(description="HTML, as that of the message.")


class FoundMessageOut(MessageOut):
    """A message that a search has found."""

    snippet: str = Field(description="HTML: the part that was found, escaped, with the matches in `<mark>`.")
    room_name: str = Field(description="Of a direct room, the names of the others in it.")
    found_file: FoundFileOut | None = Field(description="With `in-file:`, the first file that has one of the words.")


class FoundRoomOut(BaseModel):
    """A room whose name or topic has what was searched for."""

    id: UUID
    name: str = Field(description="Of a room of a project, with that of the project before it.")
    kind: Literal["channel", "group"]

    @classmethod
    def of(cls, room: Room) -> FoundRoomOut:
        """Return the shape of a room."""
        return cls.model_construct(id=room.pk, name=room.full_name, kind=room.kind)


class FoundOtherOut(BaseModel):
    """Something else that a search has found, such as a task."""

    kind: str
    id: UUID
    name: str
    note: str = Field(description="Where it belongs.")
    state: str = Field(description="How far it is, in your language.")
    url: str = Field(description="The path of its page.")


class SearchOut(BaseModel):
    """A page of messages, and on the first one the rooms, users and tasks of that name."""

    items: list[FoundMessageOut]
    next_cursor: str | None = Field(description="May be set though fewer items than `limit` came.")
    total: int | None = Field(description="How many messages are found in all, up to 100; null with a cursor.")
    is_total_exact: bool = Field(description="False where there may be more of them.")
    rooms: list[FoundRoomOut]
    users: list[AuthorOut]
    others: list[FoundOtherOut] = Field(description="What else is called so: tasks.")
    left_out: list[str] = Field(description="Parts of the query that were ignored, as `before:someday`.")
