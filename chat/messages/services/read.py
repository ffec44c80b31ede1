"""Move read marks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q

from accounts.models import User
from chat.messages import events
from chat.messages.queries.thread_states import list_thread_states
from chat.models import Mention, Message, Room, RoomMember
from lib.db.transactions import after_commit


@dataclass(frozen=True, slots=True)
class ReadState:
    """A user's read mark in a room, and how many messages and mentions follow it."""

    seq: int
    unread: int
    mentions: int


@transaction.atomic
def mark_read(*, actor: User, room_id: UUID, seq: int) -> ReadState:
    """Move the actor's read mark to `seq`, back as well as forth, but never past the last message."""
    room = Room.objects.joined_by(actor).only("pk", "last_seq").get(pk=room_id)
    mark = min(seq, room.last_seq)
    moved = RoomMember.objects.filter(room=room, user=actor).exclude(last_read_seq=mark).update(last_read_seq=mark)
    mentions = Mention.objects.filter(user=actor, room=room, seq__gt=mark).count()
    state = ReadState(seq=mark, unread=room.last_seq - mark, mentions=mentions)
    if moved:
        after_commit(
            events.message_read,
            user_id=actor.pk,
            room_id=room_id,
            seq=state.seq,
            unread=state.unread,
            mentions=state.mentions,
        )
    return state


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
