"""Answering a message with an emoji. Doing it again changes nothing and is not announced."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages import events
from chat.messages.locking import changeable, take_version
from chat.models import MAX_EMOJI_PER_MESSAGE, Message, Reaction, Room
from lib.db.transactions import after_commit
from lib.text.emoji import normalize_emoji


def add_reaction(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Put an emoji under a message of a room one can write in."""
    emoji = _checked(emoji)
    with transaction.atomic():
        message, room = changeable(actor, message_id)
        used = {shown["emoji"] for shown in message.reactions}
        if emoji not in used and len(used) >= MAX_EMOJI_PER_MESSAGE:
            raise ValidationError(
                {
                    "emoji": format_lazy(
                        _("{count} different emoji are enough: use one of them."), count=MAX_EMOJI_PER_MESSAGE
                    )
                }
            )
        added = Reaction.objects.get_or_create(message=message, user=actor, emoji=emoji)[1]
        if added:
            _recount(message, room)
            after_commit(events.message_updated, message)
    return message


def remove_reaction(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Take one's own emoji back."""
    emoji = _checked(emoji)
    with transaction.atomic():
        message, room = changeable(actor, message_id)
        removed = Reaction.objects.filter(message=message, user=actor, emoji=emoji).delete()[0]
        if removed:
            _recount(message, room)
            after_commit(events.message_updated, message)
    return message


def redraw_reactions_of(user: User) -> None:
    """Call in the transaction that gives somebody another name: what they reacted to is drawn anew when next shown."""
    reacted_to = Reaction.objects.filter(user=user).values("message")
    Message.objects.filter(pk__in=reacted_to).update(updated_at=timezone.now())


def _checked(text: str) -> str:
    emoji = normalize_emoji(text)
    if emoji is None:
        raise ValidationError({"emoji": _("A reaction is a single emoji.")})
    return emoji


def _recount(message: Message, room: Room) -> None:
    """Repeat the rows on the message, under a new version. An emoji keeps its place as long as anybody uses it."""
    people: dict[str, list[str]] = {shown["emoji"]: [] for shown in message.reactions}
    given = Reaction.objects.filter(message=message).order_by("created_at", "pk").values_list("emoji", "user_id")
    for emoji, user_id in given:
        people.setdefault(emoji, []).append(str(user_id))
    message.reactions = [{"emoji": emoji, "user_ids": user_ids} for emoji, user_ids in people.items() if user_ids]
    take_version(message, room, ["reactions"])
