"""Say where a forwarded message comes from: who wrote it, and when. Its room is named to those alone who may see it."""

from __future__ import annotations

from typing import Any

from chat.models import Message
from lib.web.schemas import to_timestamp


def note_origin(message: Message) -> dict[str, Any]:
    """Return what a forward of a message whose author is loaded keeps. Of a forward, it is what that has kept."""
    if message.forwarded is not None:
        kept: dict[str, Any] = message.forwarded
        return kept
    author = message.author
    noted = {"id": str(author.pk), "name": author.name, "username": author.username}
    return {"author": noted, "created_at": to_timestamp(message.created_at)}


def describe_origin(message_id: Any, forwarded: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of an origin. The id is None where its room was deleted since."""
    return {"message_id": message_id, **forwarded}
