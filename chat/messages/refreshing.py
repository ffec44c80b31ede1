"""Show files in messages as they are now: with the thumbnails that were made since, renamed, or deleted."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from assets.models import Asset
from chat.attachments.snapshots import build_deleted_snapshot, build_snapshot
from chat.messages import events
from chat.messages.locking import bump_version
from chat.messages.quotes import invalidate_quotes_of
from chat.models import Attachment, Message, Room
from chat.search_index import replace_in_index
from lib.db.transactions import after_commit


def refresh_attachments(asset_id: UUID) -> None:
    """Refresh the messages that show a file, each in its own transaction: none waits for a room while it holds another.

    Repeated, it changes those that are left.
    """
    shown = Attachment.objects.standing().filter(asset=asset_id).order_by("pk")
    for message_id, room_id in shown.values_list("message", "message__room"):
        _refresh_message(message_id, room_id)


@transaction.atomic
def _refresh_message(message_id: UUID, room_id: UUID) -> None:
    """Store and announce what a message shows of its files now, where that has changed."""
    room = Room.objects.select_for_update().filter(pk=room_id).first()
    message = Message.objects.not_deleted().for_rendering().filter(pk=message_id).first()
    if room is None or message is None or not message.attachments:
        return
    ids = [shown["id"] for shown in message.attachments]
    assets = Asset.objects.select_related("blob").prefetch_related("blob__thumbnails").in_bulk(ids)
    snapshots = [
        build_snapshot(assets[pk]) if (pk := UUID(asset_id)) in assets else build_deleted_snapshot(asset_id)
        for asset_id in ids
    ]
    if snapshots == message.attachments:
        return
    message.attachments = snapshots
    bump_version(message, room, ["attachments"])
    invalidate_quotes_of(message)
    replace_in_index(message)
    after_commit(events.message_updated, message)
