"""React to messages with an emoji. Repeating it changes nothing and is not announced."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.emoji.names import find_custom_emoji
from chat.messages import events
from chat.messages.locking import bump_version, lock_message
from chat.models import MAX_EMOJI_PER_MESSAGE, Message, Reaction, Room
from chat.notifying.services import notify_of_reaction, withdraw_reactions
from lib.db.transactions import after_commit
from lib.text.emoji import normalize_emoji
from lib.text.emoji_names import find_named_emoji
from lib.text.markdown.emoji import NAMED


def add_reaction(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Put an emoji under a message of a room that the actor can write in, at most 20 different ones per message."""
    with transaction.atomic():
        message, room = lock_message(actor, message_id)
        emoji = _clean_emoji(emoji, room)
        used = {reaction["emoji"] for reaction in message.reactions}
        if emoji not in used and len(used) >= MAX_EMOJI_PER_MESSAGE:
            raise ValidationError(
                {
                    "emoji": format_lazy(
                        _("{count} different emoji are enough: use one of them."), count=MAX_EMOJI_PER_MESSAGE
                    )
                }
            )
        reaction, added = Reaction.objects.get_or_create(message=message, user=actor, emoji=emoji)
        if added:
            _recount_reactions(message, room)
            notify_of_reaction(reaction, message, room)
            after_commit(events.message_updated, message)
    return message


def remove_reaction(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Take the actor's emoji back."""
    with transaction.atomic():
        message, room = lock_message(actor, message_id)
        # One of the organisation's own may have been deleted since.
        given = any(shown["emoji"] == emoji for shown in message.reactions)
        emoji = emoji if given else _clean_emoji(emoji, room)
        removed = Reaction.objects.filter(message=message, user=actor, emoji=emoji).delete()[0]
        if removed:
            _recount_reactions(message, room)
            after_commit(events.message_updated, message)
            withdraw_reactions(message)
    return message


def invalidate_reactions_of(user: User) -> None:
    """Touch the messages that a user reacted to, in the transaction that renames them: they are rendered anew."""
    reacted_to = Reaction.objects.filter(user=user).values("message")
    Message.objects.filter(pk__in=reacted_to).update(updated_at=timezone.now())


def _clean_emoji(text: str, room: Room) -> str:
    """Return an emoji as it is stored: itself, or the first name of one of the organisation's own between colons."""
    emoji = normalize_emoji(text)
    if emoji is None and NAMED.fullmatch(text):
        emoji = find_named_emoji(text.strip(":").lower())
        custom = None if emoji else find_custom_emoji(text, room.organisation_id)
        emoji = str(custom) if custom else emoji
    if emoji is None:
        raise ValidationError({"emoji": _("A reaction is a single emoji.")})
    return emoji


def _recount_reactions(message: Message, room: Room) -> None:
    """Copy the reaction rows to the message, under a new version. An emoji keeps its position while it is in use."""
    user_ids_by_emoji: dict[str, list[str]] = {reaction["emoji"]: [] for reaction in message.reactions}
    rows = Reaction.objects.filter(message=message).order_by("created_at", "pk").values_list("emoji", "user_id")
    for emoji, user_id in rows:
        user_ids_by_emoji.setdefault(emoji, []).append(str(user_id))
    message.reactions = [
        {"emoji": emoji, "user_ids": user_ids, **_find_picture(emoji, room)}
        for emoji, user_ids in user_ids_by_emoji.items()
        if user_ids
    ]
    bump_version(message, room, ["reactions"])


def _find_picture(emoji: str, room: Room) -> dict[str, str]:
    """Return what a reaction with one of the organisation's own emoji needs to be drawn."""
    custom = find_custom_emoji(emoji, room.organisation_id) if emoji.startswith(":") else None
    return {"custom_id": str(custom.pk)} if custom else {}
