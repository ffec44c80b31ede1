"""Threads, and who follows them."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, OuterRef

from accounts.models import Record, User, new_id
from chat.models.messages import Message
from chat.models.rooms import Room


class Thread(models.Model):
    """The replies to a message, its root. It counts them (`last_seq`) apart from the messages of its room."""

    root = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="started_thread")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="threads")
    last_seq = models.PositiveBigIntegerField(default=0, editable=False)
    activity_id = models.UUIDField(
        default=new_id, editable=False, help_text="The id of the last reply: threads are sorted by it."
    )

    def __str__(self) -> str:
        return f"Thread of {self.root_id}"


class ThreadFollowQuerySet(models.QuerySet["ThreadFollow"]):
    def current_of(self, user: User) -> ThreadFollowQuerySet:
        """Return what a user follows in rooms that they are still in and that are not archived."""
        return self.filter(user=user, thread__room__members__user=user, thread__room__archived_at=None)

    def for_inbox(self) -> ThreadFollowQuerySet:
        """Load the threads, their roots with the authors, and their rooms; `activity` sorts by their last replies."""
        return self.select_related("thread__root__author", "thread__room__organisation").annotate(
            activity=F("thread__activity_id")
        )

    def within(self, organisation_id: UUID | OuterRef) -> ThreadFollowQuerySet:
        """Return those of threads in an organisation."""
        return self.filter(thread__room__organisation=organisation_id)

    def unread(self) -> ThreadFollowQuerySet:
        """Return those of threads with replies beyond the read mark."""
        return self.filter(thread__last_seq__gt=F("last_read_seq"))


class ThreadFollow(Record):
    """A user who follows a thread, and how far they have read in it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="follows", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="thread_follows")
    last_read_seq = models.PositiveBigIntegerField(default=0)

    objects: ClassVar = ThreadFollowQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["thread", "user"], name="thread_followed_once"),)

    def __str__(self) -> str:
        return f"{self.user} in {self.thread}"
