"""Number replies in threads, and keep what the root of a thread shows of them and who follows it.

All of it under the lock of the room's row, which orders the replies of its threads too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from accounts.models import User
from chat.messages.locking import bump_version
from chat.models import Message, Room, Thread, ThreadFollow
from lib.db.prepared_rows import update_rows
from lib.web.schemas import to_timestamp

# Users shown with a thread, those who replied last.
MAX_PARTICIPANTS = 20


@dataclass(slots=True)
class OpenThread:
    """A thread of a locked room, with its root. `is_new` until its first reply is stored."""

    root: Message
    thread: Thread
    is_new: bool

    def add_reply(self, message: Message) -> None:
        """Give a new message the thread's next number."""
        self.thread.last_seq += 1
        self.thread.activity_id = message.pk
        message.thread_id, message.thread_seq = self.root.pk, self.thread.last_seq


def load_threads(root_ids: Collection[UUID]) -> dict[UUID, OpenThread]:
    """Return threads by their root, those that may begin too. One query.

    A reply begins none, nor does a deleted message.
    """
    roots = Message.objects.filter(pk__in=root_ids, thread=None).select_related("author", "started_thread")
    threads = {}
    for root in roots:
        thread = getattr(root, "started_thread", None)
        if thread is not None or not root.is_deleted:
            new = Thread(root=root, room_id=root.room_id)
            threads[root.pk] = OpenThread(root, thread or new, is_new=thread is None)
    return threads


def save_threads(threads: Collection[OpenThread], replies: Collection[Message], rooms: Mapping[UUID, Room]) -> None:
    """Store the numbers of threads with new replies, who follows them now, and a new version of each root.

    The rooms' versions are raised; the caller stores them.
    """
    known = [opened.thread for opened in threads if not opened.is_new]
    Thread.objects.bulk_create([opened.thread for opened in threads if opened.is_new])
    update_rows(
        Thread,
        ("last_seq", "activity_id"),
        by=("root_id",),
        rows=[(thread.last_seq, thread.activity_id, thread.pk) for thread in known],
    )
    latest = {reply.thread_id: reply for reply in replies}
    for opened in threads:
        own = [reply for reply in replies if reply.thread_id == opened.root.pk]
        opened.root.thread_summary = _add_to_summary(opened, own, latest[opened.root.pk])
        room = rooms[opened.root.room_id]
        room.version += 1
        opened.root.version = room.version
        opened.root.save(update_fields=["thread_summary", "version", "updated_at"])
    _follow_threads(threads, replies)


def recount_replies(message: Message, room: Room) -> Message:
    """Draw up again what the root of a deleted reply's thread shows, under a new version; return the root."""
    assert message.thread_id is not None  # noqa: S101  a reply
    root = Message.objects.for_rendering().get(pk=message.thread_id)
    standing = Message.objects.filter(thread=message.thread_id).not_deleted()
    counted = standing.aggregate(count=Count("pk"), last=Max("created_at"))
    authors = standing.values("author").annotate(last=Max("thread_seq")).order_by("-last")[:MAX_PARTICIPANTS]
    root.thread_summary = (root.thread_summary or {}) | {
        "reply_count": counted["count"],
        "last_reply_at": to_timestamp(counted["last"]) if counted["last"] else None,
        "participant_ids": [str(row["author"]) for row in authors],
    }
    bump_version(root, room, ["thread_summary"])
    return root


def invalidate_faces_of(user: User) -> None:
    """Touch the roots of the threads that a user follows, as they do who replied: names and faces are drawn anew.

    Where a user has unfollowed a thread, the next reply does so.
    """
    followed = ThreadFollow.objects.filter(user=user).values("thread")
    Message.objects.filter(pk__in=followed).update(updated_at=timezone.now())


def _add_to_summary(opened: OpenThread, replies: list[Message], latest: Message) -> dict[str, Any]:
    before = opened.root.thread_summary or {"reply_count": 0, "participant_ids": []}
    authors = [str(reply.author_id) for reply in reversed(replies)] + before["participant_ids"]
    return {
        "reply_count": before["reply_count"] + len(replies),
        "last_seq": opened.thread.last_seq,
        "last_reply_at": to_timestamp(latest.created_at),
        "participant_ids": list(dict.fromkeys(authors))[:MAX_PARTICIPANTS],
    }


def _follow_threads(threads: Collection[OpenThread], replies: Collection[Message]) -> None:
    """Let the authors of the root and of replies, and the users named in replies, follow; move the authors' marks."""
    marks: dict[tuple[UUID, UUID], int] = {}
    for reply in replies:
        thread_id, seq = reply.thread_id, reply.thread_seq
        assert thread_id is not None and seq is not None  # noqa: PT018, S101  replies only
        for user_id in reply.mentioned_ids:
            marks.setdefault((thread_id, UUID(user_id)), seq - 1)
    marks |= {(opened.root.pk, opened.root.author_id): 0 for opened in threads if opened.is_new}
    own = {(reply.thread_id, reply.author_id): reply.thread_seq for reply in replies if reply.thread_id}
    marks |= {key: seq for key, seq in own.items() if seq is not None}
    ThreadFollow.objects.bulk_create(
        [ThreadFollow(thread_id=thread, user_id=user, last_read_seq=seq) for (thread, user), seq in marks.items()],
        ignore_conflicts=True,
    )
    update_rows(
        ThreadFollow,
        ("last_read_seq",),
        by=("thread_id", "user_id"),
        rows=[(seq, thread_id, user_id) for (thread_id, user_id), seq in own.items()],
    )
