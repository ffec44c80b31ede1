"""Post and change cards: messages that no member has written, but that tell of what they did elsewhere.

A card takes a number in its room, so that it is in the history and may have a thread. It pings nobody, is not found by
a search, and is unread only for members with unread messages before it.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.messages import events
from chat.messages.locking import bump_version
from chat.messages.quotes import invalidate_quotes_of
from chat.models import Message, Room, RoomMember
from lib.db.transactions import after_commit
from lib.text.markdown.document import VERSION as RENDERER_VERSION


@transaction.atomic
def post_card(*, actor: User, room_id: UUID, message_id: UUID, content: str, html: str) -> Message:
    """Post a card with safe HTML, in a room that the caller may write in. `content` says the same in Markdown."""
    room = Room.objects.select_for_update().get(pk=room_id)
    room.last_seq += 1
    room.version += 1
    message = Message(
        pk=message_id,
        room=room,
        author=actor,
        seq=room.last_seq,
        version=room.version,
        type=Message.Type.SYSTEM,
        content=content,
        html=html,
        html_version=RENDERER_VERSION,
        created_at=timezone.now(),
    )
    message.save(force_insert=True)
    room.save(update_fields=["last_seq", "version", "updated_at"])
    RoomMember.objects.filter(room=room, last_read_seq=room.last_seq - 1).update(last_read_seq=room.last_seq)
    after_commit(events.messages_created, [message])
    return message


@transaction.atomic
def change_card(*, message_id: UUID, content: str, html: str) -> None:
    """Let a card show something else. One that was deleted stays so."""
    room_id = Message.objects.values_list("room", flat=True).get(pk=message_id)
    room = Room.objects.select_for_update().get(pk=room_id)
    message = Message.objects.for_rendering().get(pk=message_id)
    if message.is_deleted or (message.content, message.html) == (content, html):
        return
    message.content, message.html, message.html_version = content, html, RENDERER_VERSION
    bump_version(message, room, ["content", "html", "html_version"])
    invalidate_quotes_of(message)
    after_commit(events.message_updated, message)
