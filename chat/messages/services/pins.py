"""Pin messages in their room. Repeating it changes nothing and is not announced."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.messages import events
from chat.messages.locking import bump_version, lock_message
from chat.models import Message
from lib.db.transactions import after_commit


def pin_message(*, actor: User, message_id: UUID) -> Message:
    """Pin a message in its room. All members who can write there may."""
    with transaction.atomic():
        message, room = lock_message(actor, message_id)
        if not message.is_pinned:
            message.pinned_at, message.pinned_by = timezone.now(), actor
            bump_version(message, room, ["pinned_at", "pinned_by"])
            after_commit(events.message_updated, message)
    return message


def unpin_message(*, actor: User, message_id: UUID) -> Message:
    """Unpin a message, no matter which member pinned it."""
    with transaction.atomic():
        message, room = lock_message(actor, message_id)
        if message.is_pinned:
            message.pinned_at = message.pinned_by = None
            bump_version(message, room, ["pinned_at", "pinned_by"])
            after_commit(events.message_updated, message)
    return message
