"""Turn deleted messages, and the copies that were forwarded, into tombstones."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chat.messages import events
from chat.messages.counts import announce_counts
from chat.messages.locking import bump_version
from chat.messages.quotes import invalidate_quotes_of
from chat.messages.recipients import find_told_by_number, read_recipients
from chat.messages.replies import recount_replies
from chat.models import Bookmark, Mention, Message, MessagePreview, Reaction, Room
from chat.models.messages import MessageQuerySet
from chat.notifying.withdrawing import withdraw_message
from chat.search_index import remove_from_index
from lib.db.transactions import after_commit

_CLEARED = ["deleted_at", "reactions", "previews", "attachments", "pinned_at", "pinned_by", "broadcast_seq"]


def make_tombstone(message: Message, room: Room) -> None:
    """Delete a message of a locked room, in the caller's transaction, and announce it after the commit."""
    message.deleted_at = timezone.now()
    told = find_told_by_number(message) | read_recipients(message)
    message.reactions, message.previews, message.attachments = [], None, None
    message.pinned_at, message.pinned_by, message.broadcast_seq = None, None, None
    bump_version(message, room, _CLEARED)
    invalidate_quotes_of(message)
    remove_from_index(message)
    withdraw_message(message, room)
    for model in (Mention, Reaction, Bookmark, MessagePreview):
        model.objects.filter(message=message).delete()
    after_commit(events.message_deleted, message)
    if message.thread_id:
        after_commit(events.message_updated, recount_replies(message, room))
    announce_counts(room, message, told)


def delete_forwards(message_id: UUID) -> None:
    """Delete the copies of a deleted message in the rooms to which it was forwarded, each in its own transaction.

    So no deletion waits for a room while it holds another. Repeated, it goes on with those that are left.
    """
    _delete_copies(Message.objects.filter(forwarded_from=message_id))


def resume_deletions() -> None:
    """Delete the copies that stayed although their origin was deleted, while they were made for example."""
    _delete_copies(_select_left_copies())


def has_left_copies() -> bool:
    """Tell whether any copy stayed although its origin was deleted. One query."""
    return _select_left_copies().exists()


def _select_left_copies() -> MessageQuerySet:
    return Message.objects.filter(forwarded_from__isnull=False, forwarded_from__deleted_at__isnull=False)


def _delete_copies(forwards: MessageQuerySet) -> None:
    for forward_id, room_id in forwards.not_deleted().values_list("pk", "room"):
        with transaction.atomic():
            room = Room.objects.select_for_update().filter(pk=room_id).first()
            forward = Message.objects.for_rendering().not_deleted().filter(pk=forward_id).first()
            if room and forward:
                make_tombstone(forward, room)
