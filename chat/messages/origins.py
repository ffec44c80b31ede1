"""Say where a forwarded message comes from: who wrote it, and when. Its room is named to those alone who may see it."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

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


def render_actor(message: Message) -> SafeString:
    """Return the name that begins the line of an action: of the user who did it, also in a copy by another."""
    actor = message.forwarded["author"] if message.forwarded else {"id": message.author_id, "name": message.author.name}
    return format_html('<b class="message__actor" data-person-name="{id}" dir="auto">{name}</b>', **actor)
