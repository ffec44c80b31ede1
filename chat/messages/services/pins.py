"""Pinning what a room should find again. Doing it again changes nothing and is not announced."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.messages import events
from chat.messages.locking import changeable, take_version
from chat.models import Message
from lib.db.transactions import after_commit


def pin_message(*, actor: User, message_id: UUID) -> Message:
    """Keep a message at hand for everybody in the room. Whoever can write in it may."""
    with transaction.atomic():
        message, room = changeable(actor, message_id)
        if not message.is_pinned:
            message.pinned_at, message.pinned_by = timezone.now(), actor
            take_version(message, room, ["pinned_at", "pinned_by"])
            after_commit(events.message_updated, message)
    return message


def unpin_message(*, actor: User, message_id: UUID) -> Message:
    """Let a message go again, whoever pinned it."""
    with transaction.atomic():
        message, room = changeable(actor, message_id)
        if message.is_pinned:
            message.pinned_at = message.pinned_by = None
            take_version(message, room, ["pinned_at", "pinned_by"])
            after_commit(events.message_updated, message)
    return message
