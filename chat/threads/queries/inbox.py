"""Load the threads that a user follows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from accounts.models import Organisation, User
from chat.models import Message, ThreadFollow
from chat.models.threads import ThreadFollowQuerySet
from chat.room_names import name_rooms

INBOX = 50


@dataclass(frozen=True, slots=True)
class InboxThread:
    """A thread that a user follows, and the name of its room as they see it."""

    root: Message
    room_name: str
    last_seq: int
    unread: int

    @property
    def reply_count(self) -> int:
        """Return the number of replies that were not deleted."""
        return int((self.root.thread_summary or {}).get("reply_count", 0))


@dataclass(frozen=True, slots=True)
class Inbox:
    """Threads with unread replies, then the others, each the one replied to last first.

    `older` is the `before` of the next page of others. The first page alone holds unread ones, at most `INBOX`.
    """

    unread: list[InboxThread]
    others: list[InboxThread]
    older: UUID | None


def load_inbox(*, user: User, organisation: Organisation, before: UUID | None = None) -> Inbox:
    """Return a page of the threads that a user follows in an organisation. Three queries, two where it is not first."""
    follows = followed_threads(user=user, organisation=organisation).order_by("-thread__activity_id")
    read = follows.filter(thread__last_seq__lte=F("last_read_seq"))
    if before:
        read = read.filter(thread__activity_id__lt=before)
    unread = [] if before else list(follows.unread()[:INBOX])
    others = list(read[: INBOX + 1])
    shown = others[:INBOX]
    rooms = {follow.thread.room for follow in (*unread, *shown)}
    names = name_rooms(rooms, user)

    def describe(follow: ThreadFollow) -> InboxThread:
        thread = follow.thread
        unread_count = thread.last_seq - follow.last_read_seq
        return InboxThread(thread.root, names[thread.room_id], thread.last_seq, unread_count)

    older = shown[-1].thread.activity_id if len(others) > INBOX else None
    return Inbox(list(map(describe, unread)), list(map(describe, shown)), older)


def followed_threads(*, user: User, organisation: Organisation, unread: bool = False) -> ThreadFollowQuerySet:
    """Return the threads that a user follows in an organisation, or the unread ones among them."""
    follows: ThreadFollowQuerySet = ThreadFollow.objects.current_of(user).within(organisation.pk).for_inbox()
    return follows.unread() if unread else follows
