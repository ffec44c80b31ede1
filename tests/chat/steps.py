"""What tests of messages do again and again."""

from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from accounts.models import User
from chat.messages.services.post import post_message
from chat.models import Message, Room
from lib.realtime.hub import Event

# Queries that a database needs: PostgreSQL to index a message at once, SQLite to look for those that wait.
INDEXING, LOOKING = (0, 1) if connection.vendor == "sqlite" else (1, 0)


def say(
    author: User, room: Room, content: str = "hi", *, client_id: str | None = None, reply_to: UUID | None = None
) -> Message:
    return post_message(actor=author, room_id=room.pk, content=content, client_id=client_id, reply_to=reply_to).message


def reply(author: User, root: Message, content: str = "yes", **options: Any) -> Message:
    """Reply in the thread of a message."""
    posted = post_message(actor=author, room_id=root.room_id, content=content, thread_id=root.pk, **options)
    return posted.message


def say_all(author: User, room: Room, *texts: str) -> list[Message]:
    return [say(author, room, text) for text in texts]


def frames(published: list[Event]) -> list[dict[str, Any]]:
    """What sockets were told, in order."""
    return [orjson.loads(event.frame) for event in published if event.frame]
