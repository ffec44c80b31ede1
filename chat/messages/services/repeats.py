"""Recognise messages that were posted before, by their `client_id`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from chat.messages.content import Content
from chat.models import Message
from lib.text.markdown.task_lists import untick_tasks

if TYPE_CHECKING:
    from chat.messages.services.post import Draft

SentMessages = dict[tuple[UUID, UUID, str], Message]


def find_sent(drafts: Sequence[Draft]) -> SentMessages:
    """Return the messages that were posted with these `client_id`s. While the rooms are locked none is added."""
    messages = Message.objects.filter(
        room__in={draft.room_id for draft in drafts},
        author__in={draft.author.pk for draft in drafts},
        client_id__in={draft.client_id for draft in drafts if draft.client_id},
    ).for_rendering()
    return {(message.room_id, message.author_id, message.client_id or ""): message for message in messages}


def is_repeat(message: Message, draft: Draft, content: Content) -> bool:
    """Tell whether a message is the one of a draft with its `client_id`, which may have been edited since."""
    return _has_same_place(message, draft) and _has_same_files(message, draft) and _has_same_text(message, content)


def _has_same_place(message: Message, draft: Draft) -> bool:
    place = (message.reply_to_id, message.thread_id, message.seq is not None, message.forwarded_from_id)
    return place == (draft.reply_to, draft.thread_id, not draft.thread_id or draft.also_in_room, draft.forwarded_from)


def _has_same_files(message: Message, draft: Draft) -> bool:
    """Compare the files; some may have been removed since."""
    if message.attachments is None or not draft.asset_ids:
        return message.attachments is None and not draft.asset_ids
    return {shown["id"] for shown in message.attachments} <= {str(asset_id) for asset_id in draft.asset_ids}


def _has_same_text(message: Message, content: Content) -> bool:
    first = message if message.edited_at is None else message.revisions.first()
    return first is None or untick_tasks(first.content) == untick_tasks(content.text)
