"""Remove files from messages."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.attachments.storing import choose_type
from chat.messages import events
from chat.messages.locking import bump_version, lock_message
from chat.messages.quotes import invalidate_quotes_of
from chat.messages.services.edit import delete_message
from chat.models import Attachment, Message
from chat.search_index import replace_in_index
from lib.db.transactions import after_commit


@transaction.atomic
def remove_attachment(*, actor: User, message_id: UUID, asset_id: UUID) -> Message:
    """Remove a file from the actor's own message; a message without a text is deleted with its last file.

    The file stays theirs. Raise PermissionDenied for a message of another author, Attachment.DoesNotExist where the
    file is not in it.
    """
    message, room = lock_message(actor, message_id)
    if message.author_id != actor.pk:
        raise PermissionDenied(_("Only its author can remove a file from a message."))
    left = [shown for shown in message.attachments or () if shown["id"] != str(asset_id)]
    if len(left) == len(message.attachments or ()):
        raise Attachment.DoesNotExist(_("There is no such file in this message."))
    if not left and not message.content:
        return delete_message(actor=actor, message_id=message_id)
    Attachment.objects.filter(message=message, asset=asset_id).update(removed_at=timezone.now())
    message.attachments, message.type = left, choose_type(left)
    bump_version(message, room, ["attachments", "type"])
    invalidate_quotes_of(message)
    replace_in_index(message)
    after_commit(events.message_updated, message)
    return message
