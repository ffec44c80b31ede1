"""Load a message as a card below a link to it."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from uuid import UUID

from django.utils.html import strip_tags
from django.utils.text import Truncator

from accounts.models import User
from chat.excerpts import describe_files
from chat.models import Message, Room
from chat.room_names import direct_name, other_members_of

# Characters: what three lines of a card hold.
MAX_EXCERPT = 280


@dataclass(frozen=True, slots=True)
class MessageCard:
    """A message with the name of its room, as its reader knows it, and the beginning of its text."""

    message: Message
    room_name: str
    excerpt: str


def message_card(*, user: User, message_id: UUID) -> MessageCard:
    """Return the card of a message. Raise Message.DoesNotExist for one that is deleted or hidden from the user."""
    messages = Message.objects.visible_to(user).not_deleted().select_related("author", "room")
    message = messages.get(pk=message_id)
    text = " ".join(unescape(strip_tags(message.html)).split()) or describe_files(message)
    return MessageCard(message, _name_room(message.room, user), Truncator(text).chars(MAX_EXCERPT))


def _name_room(room: Room, user: User) -> str:
    if room.kind != Room.Kind.DIRECT:
        return f"#{room.full_name}"
    return direct_name(other_members_of([room.pk], user)[room.pk], user)
