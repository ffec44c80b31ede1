"""Save messages privately: no version, no event. A user may save what they may read, in an archived room too."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import User
from chat.models import Bookmark, Message


@transaction.atomic
def bookmark_message(*, actor: User, message_id: UUID) -> None:
    """Save a message that the actor can see. Repeating it changes nothing."""
    message = _lock_message(actor, message_id)
    Bookmark.objects.get_or_create(user=actor, message=message)


@transaction.atomic
def remove_bookmark(*, actor: User, message_id: UUID) -> None:
    """Remove a message from those that the actor has saved."""
    message = _lock_message(actor, message_id)
    Bookmark.objects.filter(user=actor, message=message).delete()


def _lock_message(actor: User, message_id: UUID) -> Message:
    """Return a message that the actor can see, its row locked so that it is not deleted meanwhile."""
    messages = Message.objects.visible_to(actor).not_deleted().select_for_update(of=("self",))
    message: Message = messages.get(pk=message_id)
    return message
