"""Drafts: what a user has typed in a room or thread and not sent."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Record, User, new_id
from chat.models.held_files import prefetch_files
from chat.models.messages import MAX_CONTENT, Message
from chat.models.rooms import Room


class StoredDraftQuerySet(models.QuerySet["StoredDraft"]):
    def written_by(self, user: User) -> StoredDraftQuerySet:
        """Return a user's own drafts: nobody else sees them. Those in rooms that they have left stay theirs."""
        return self.filter(user=user)

    def at(self, room_id: UUID, thread_id: UUID | None) -> StoredDraftQuerySet:
        """Return those for a room's feed or, with the id of its root, for a thread."""
        return self.filter(room=room_id, thread=thread_id)

    def within(self, organisation: str | None) -> StoredDraftQuerySet:
        """Return those of one organisation, by its slug, or all."""
        return self if organisation is None else self.filter(room__organisation__slug=organisation)

    def for_reader(self, user: User) -> StoredDraftQuerySet:
        """Load what a draft answers, its files, and whether the user still sees the room and may write there."""
        own_rooms = Room.objects.filter(pk=OuterRef("room"))
        loaded = self.select_related("reply_to__author").prefetch_related(prefetch_files(user))
        return loaded.annotate(
            is_visible=Exists(own_rooms.visible_to(user)), is_writable=Exists(own_rooms.writable_by(user))
        )


class StoredDraft(Record):
    """What a user has typed in a room or thread and not sent, from whichever device they typed last."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="drafts")
    thread = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    reply_to = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    content = models.TextField(max_length=MAX_CONTENT, blank=True)
    saved_id = models.UUIDField(
        default=new_id, editable=False, help_text="New with every save: drafts are sorted by it."
    )

    # Of those loaded `for_reader`.
    is_visible: bool
    is_writable: bool

    objects: ClassVar = StoredDraftQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "room"], condition=Q(thread=None), name="draft_once_per_room"),
            models.UniqueConstraint(fields=["user", "thread"], name="draft_once_per_thread"),
        )

    def __str__(self) -> str:
        return f"Draft of {self.user}"
