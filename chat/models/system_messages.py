"""System messages: what has happened in a room beside what was said there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Record, User
from chat.models.rooms import Room

MAX_TEXT = 250


class SystemMessage(Record):
    """A change of a room, or of who is in it, told in one quiet line between the messages.

    It stands beside the numbered messages of the room: without a seq or a version it is never unread, and nobody can
    answer, change or search it. Its text is made for each reader from the code and what belongs to it.
    """

    class Code(models.TextChoices):
        JOINED = "joined"
        ADDED = "added"
        LEFT = "left"
        REMOVED = "removed"
        RENAMED = "renamed"
        TOPIC_CHANGED = "topic_changed"
        ARCHIVED = "archived"
        UNARCHIVED = "unarchived"

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=16, choices=Code)
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Who did it."
    )
    user_ids = models.JSONField(default=list, blank=True, help_text="Who joined, was added, left or was removed.")
    before = models.CharField(max_length=MAX_TEXT, blank=True, help_text="The former name or topic.")
    after = models.CharField(max_length=MAX_TEXT, blank=True, help_text="The new name or topic.")

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    code__in=[
                        *("joined", "added", "left", "removed", "renamed"),
                        *("topic_changed", "archived", "unarchived"),
                    ]
                ),
                name="system_message_code_known",
            ),
        )
        indexes = (models.Index(fields=["room", "id"], name="system_message_by_room"),)

    def __str__(self) -> str:
        return f"{self.code} in {self.room}"
