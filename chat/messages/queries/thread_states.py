"""Find how far the followers of threads have read in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from chat.models import Mention, ThreadFollow


@dataclass(frozen=True, slots=True)
class ThreadState:
    """How far a follower of a thread has read in it."""

    user_id: UUID
    room_id: UUID
    thread_id: UUID
    last_seq: int
    last_read_seq: int
    mentions: int

    @property
    def unread(self) -> int:
        return self.last_seq - self.last_read_seq


def list_thread_states(thread_ids: Collection[UUID], user_ids: Collection[UUID] | None = None) -> list[ThreadState]:
    """Return how far the followers of threads, or those of them among `user_ids`, have read. One query.

    A follower who has left the room is told nothing.
    """
    follows = ThreadFollow.objects.filter(thread__in=thread_ids, thread__room__members__user=F("user"))
    if user_ids is not None:
        follows = follows.filter(user__in=user_ids)
    # By the index of mentions in threads: a join would read all mentions that each follower ever had.
    unread_mentions = (
        Mention.objects.filter(
            user=OuterRef("user"), thread=OuterRef("thread"), seq=None, thread_seq__gt=OuterRef("last_read_seq")
        )
        .order_by()
        .values("user")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = follows.annotate(mentions=Coalesce(Subquery(unread_mentions), 0)).values_list(
        "user_id", "thread__room_id", "thread_id", "thread__last_seq", "last_read_seq", "mentions"
    )
    return [ThreadState(*row) for row in rows]
