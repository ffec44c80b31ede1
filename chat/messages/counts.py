"""Tell users how much is unread, where an edit or a deletion has changed it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from chat.messages import events
from chat.messages.queries.thread_states import list_thread_states
from chat.models import Message, Room, RoomMember
from chat.unread import count_mentions
from lib.db.transactions import after_commit


def announce_counts(room: Room, message: Message, user_ids: Collection[UUID]) -> None:
    """Tell the users who have not read a message yet how much is unread in its room, or in its thread.

    For users who were told of a message that has been edited or deleted, or are told now. One query.
    """
    if not user_ids:
        return
    if message.seq is None:
        assert message.thread_id and message.thread_seq  # noqa: PT018, S101  the table's constraint
        states = list_thread_states([message.thread_id], user_ids)
        after_commit(events.threads_changed, [state for state in states if state.last_read_seq < message.thread_seq])
        return
    members = RoomMember.objects.filter(room=room, user__in=user_ids, last_read_seq__lt=message.seq)
    for member in members.annotate(mention_count=count_mentions()):
        after_commit(
            events.message_read,
            user_id=member.user_id,
            room_id=room.pk,
            seq=member.last_read_seq,
            unread=room.last_seq - member.last_read_seq,
            mentions=member.mention_count,
        )
