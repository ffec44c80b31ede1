"""Saving a message for oneself: no version, no event. What one may read one may save, in an archived room too."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import User
from chat.models import Bookmark, Message


@transaction.atomic
def bookmark_message(*, actor: User, message_id: UUID) -> None:
    """Remember a message that one can see. Once is enough."""
    message = _standing(actor, message_id)
    Bookmark.objects.get_or_create(user=actor, message=message)


@transaction.atomic
def remove_bookmark(*, actor: User, message_id: UUID) -> None:
    """Forget a message again."""
    message = _standing(actor, message_id)
    Bookmark.objects.filter(user=actor, message=message).delete()


def _standing(actor: User, message_id: UUID) -> Message:
    """A message one can see, its row held: nobody deletes it meanwhile."""
    found: Message = Message.objects.visible_to(actor).standing().select_for_update(of=("self",)).get(pk=message_id)
    return found
