"""Tick the boxes of task lists in messages."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages.services.edit import edit_message
from chat.models import Message
from lib.text.markdown.document import Document


def tick_task(*, actor: User, message_id: UUID, index: int, done: bool) -> Message:
    """Tick a box of the actor's own message, counted from 0, or take the tick away. It is an edit like any other.

    Raise as `edit_message` does, and ObjectDoesNotExist where the message has no such box.
    """
    message = Message.objects.visible_to(actor).not_deleted().get(pk=message_id)
    content = Document(message.content).mark_task(index, done=done)
    if content is None:
        raise ObjectDoesNotExist(_("There is no such box in this message."))
    return edit_message(actor=actor, message_id=message_id, content=content)
