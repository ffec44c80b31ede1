"""Bookmarks: messages that a user has saved for themself."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from accounts.models import Record, User
from chat.models.messages import Message


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, user: User) -> BookmarkQuerySet:
        """Return a user's own bookmarks of messages that they can still see and that were not deleted."""
        return self.filter(user=user, message__in=Message.objects.visible_to(user).not_deleted())

    def within(self, *, organisation: str | None = None, room: UUID | None = None) -> BookmarkQuerySet:
        """Return those of one organisation, by its slug, or of one room; without either all."""
        bookmarks = self if room is None else self.filter(message__room=room)
        return bookmarks if organisation is None else bookmarks.filter(message__room__organisation__slug=organisation)

    def for_rendering(self) -> BookmarkQuerySet:
        """Load the message and its author too."""
        return self.select_related("message__author")


class Bookmark(Record):
    """A message that a user has saved. No other user can see it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)

    objects: ClassVar = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "message"], name="bookmark_once"),)

    def __str__(self) -> str:
        return f"Kept at {self.created_at:%Y-%m-%d %H:%M}"
