"""Tell users how much is unread, where an edit or a deletion has changed it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F, Q

from chat.messages import events
from chat.messages.queries.thread_states import list_thread_states
from chat.models import Message, Room, RoomMember
from lib.db.transactions import after_commit


def announce_counts(room: Room, message: Message, user_ids: Collection[UUID]) -> None:
    """Tell the users who have not read a message yet how much is unread in its room, or in its thread.

    For users who were mentioned in a message that has been edited or deleted, or are mentioned now. One query.
    """
    if not user_ids:
        return
    if message.seq is None:
        assert message.thread_id and message.thread_seq  # noqa: PT018, S101  the table's constraint
        states = list_thread_states([message.thread_id], user_ids)
        after_commit(events.threads_changed, [state for state in states if state.last_read_seq < message.thread_seq])
        return
    unread_mentions = Q(user__mentions__room=room, user__mentions__seq__gt=F("last_read_seq"))
    members = RoomMember.objects.filter(room=room, user__in=user_ids, last_read_seq__lt=message.seq)
    for member in members.annotate(mention_count=Count("user__mentions", filter=unread_mentions)):
        after_commit(
            events.message_read,
            user_id=member.user_id,
            room_id=room.pk,
            seq=member.last_read_seq,
            unread=room.last_seq - member.last_read_seq,
            mentions=member.mention_count,
        )
