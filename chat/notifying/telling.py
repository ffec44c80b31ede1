"""Notify users of one message, by one of its kinds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from chat.models import Message, Room
from chat.notifying.names import DIRECT, REPLY, name_direct_group, name_thread_group
from notifications.inbox.services import notify


def tell_of_message(
    message: Message, room: Room, kind: str, user_ids: Collection[UUID], data: Mapping[str, Any] | None = None
) -> None:
    """Notify users of a message in the transaction that stores it. The row of the room holds its organisation.

    Those who read the room so far have read it; a reply that is in a thread alone is read there.
    """
    is_in_thread = message.seq is None or kind == REPLY
    notify(
        kind=kind,
        recipients=user_ids,
        actor_id=message.author_id,
        organisation_id=room.organisation_id,
        subject=message.pk,
        place=message.room_id,
        thread=message.thread_id if is_in_thread else None,
        position=message.thread_seq if is_in_thread else message.seq,
        group_key=_name_group(message, kind),
        data=dict(data or {}),
    )


def _name_group(message: Message, kind: str) -> str:
    if kind == DIRECT:
        return name_direct_group(message.room_id)
    return name_thread_group(message.thread_id) if kind == REPLY and message.thread_id else ""
