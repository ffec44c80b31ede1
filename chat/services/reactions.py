"""Answering a message with an emoji. Doing it again changes nothing and is not announced."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.transactions import after_commit
from chat import events
from chat.emoji import spelled
from chat.models import MAX_EMOJI_PER_MESSAGE, Message, Reaction, Room
from chat.services.changes import changeable, take_version

# More names than anybody reads in a tooltip; all ids are kept.
NAMES = 12


def add_reaction(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Put an emoji under a message of a room one can write in."""
    emoji = _checked(emoji)
    with transaction.atomic():
        message, room = changeable(actor, message_id)
        used = {shown["emoji"] for shown in message.reactions}
        if emoji not in used and len(used) >= MAX_EMOJI_PER_MESSAGE:
            raise ValidationError({"emoji": f"{MAX_EMOJI_PER_MESSAGE} different emoji are enough: use one of them."})
        _, added = Reaction.objects.get_or_create(message=message, user=actor, emoji=emoji)
        if added:
            _announce(message, room)
    return message


def remove_reaction(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Take one's own emoji back."""
    emoji = _checked(emoji)
    with transaction.atomic():
        message, room = changeable(actor, message_id)
        removed, _ = Reaction.objects.filter(message=message, user=actor, emoji=emoji).delete()
        if removed:
            _announce(message, room)
    return message


def _checked(text: str) -> str:
    emoji = spelled(text)
    if emoji is None:
        raise ValidationError({"emoji": "A reaction is a single emoji."})
    return emoji


def _announce(message: Message, room: Room) -> None:
    """Repeat the rows on the message as they are shown. An emoji keeps its place as long as anybody uses it."""
    people: dict[str, list[User]] = {shown["emoji"]: [] for shown in message.reactions}
    for reaction in Reaction.objects.filter(message=message).select_related("user").order_by("created_at", "pk"):
        people.setdefault(reaction.emoji, []).append(reaction.user)
    message.reactions = [
        {
            "emoji": emoji,
            "user_ids": [str(user.pk) for user in users],
            "names": [user.get_short_name() for user in users[:NAMES]],
        }
        for emoji, users in people.items()
        if users
    ]
    take_version(message, room, ["reactions"])
    after_commit(events.message_updated, message)
