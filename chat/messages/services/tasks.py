"""Tick the boxes of task lists in messages."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages.services.edit import edit_message
from chat.models import Message
from lib.text.markdown.document import Document
from lib.web.errors import Conflict

# As often as others of the author's windows may be faster, one after the other.
MAX_ATTEMPTS = 5


def tick_task(*, actor: User, message_id: UUID, index: int, done: bool) -> Message:
    """Tick a box of the actor's own message, counted from 0, or take the tick away.

    It changes the message as an edit does, as long as edits are allowed, but keeps no revision and does not mark it as
    edited. Ticks of two windows at once both stay: one that meets an edit is made again in the new content. Raise as
    `edit_message` does, and ObjectDoesNotExist where the message has no such box.
    """
    for _again in range(MAX_ATTEMPTS - 1):
        try:
            return _mark_task(actor, message_id, index, done=done)
        except Conflict:
            continue
    return _mark_task(actor, message_id, index, done=done)


def _mark_task(actor: User, message_id: UUID, index: int, *, done: bool) -> Message:
    message = Message.objects.visible_to(actor).not_deleted().get(pk=message_id)
    content = Document(message.content).mark_task(index, done=done)
    if content is None:
        raise ObjectDoesNotExist(_("There is no such box in this message."))
    return edit_message(actor=actor, message_id=message_id, content=content, replaced=message.content, is_tick=True)
