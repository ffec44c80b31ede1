"""What people put on messages: reactions that all see, bookmarks that only they see."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from accounts.models import Record, User
from chat.models.messages import Message


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def of(self, user: User) -> BookmarkQuerySet:
        """One's own, of messages that stand and that one can still see."""
        return self.filter(user=user, message__in=Message.objects.visible_to(user).standing())

    def within(self, *, organisation: str | None = None, room: UUID | None = None) -> BookmarkQuerySet:
        """Those of one organisation, by its slug, or of one room; without either all."""
        found = self if room is None else self.filter(message__room=room)
        return found if organisation is None else found.filter(message__room__organisation__slug=organisation)

    def for_rendering(self) -> BookmarkQuerySet:
        """With the message and its author."""
        return self.select_related("message__author")


class Bookmark(Record):
    """A message that somebody wants to find again. Nobody else knows."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)

    objects: ClassVar = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "message"], name="bookmark_once"),)

    def __str__(self) -> str:
        return f"Kept at {self.created_at:%Y-%m-%d %H:%M}"
