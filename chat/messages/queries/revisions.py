"""What a message said before its edits."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from chat.models import Message, MessageRevision


def revisions_of(*, user: User, message_id: UUID) -> tuple[Message, QuerySet[MessageRevision]]:
    """A message that one can see, its room loaded, and its earlier wordings. Of a deleted one nothing is shown."""
    message = Message.objects.visible_to(user).standing().select_related("room__organisation").get(pk=message_id)
    return message, message.revisions.all()
