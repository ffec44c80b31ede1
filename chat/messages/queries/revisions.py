"""Find the revisions of a message."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from chat.models import Message, MessageRevision


def revisions_of(*, user: User, message_id: UUID) -> tuple[Message, QuerySet[MessageRevision]]:
    """Return a message that a user can see, its room loaded, and its revisions. A deleted message is not found."""
    message = Message.objects.visible_to(user).not_deleted().select_related("room__organisation").get(pk=message_id)
    return message, message.revisions.all()
