"""Move read marks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import User
from chat.messages import events
from chat.models import Room, RoomMember
from chat.unread import unread_mentions_in
from lib.db.transactions import after_commit
from notifications.inbox.marking import ReadMark, mark_places_read


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
    mentions = unread_mentions_in(actor, room_id)
    mark_places_read([ReadMark(actor.pk, room_id, mark)])
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
