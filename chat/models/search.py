"""What messages are found by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from chat.models.messages import Message
from chat.models.rooms import Room
from lib.db.trigrams import SearchTextField, TrigramQuerySet


class SearchEntry(models.Model):
    """The search text of a message that can be found. What was deleted, and what the system says, has none.

    An edited message gets a new entry: what the index keeps of the earlier one leads nowhere. Its id is a small number,
    which SQLite's index asks for, and says nothing about time.
    """

    id = models.BigAutoField(primary_key=True)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="search_entry")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+", db_index=False)
    position = models.BigIntegerField(help_text="When the message was written, in microseconds since 1970.")
    text = SearchTextField(null=True, help_text="None in entries not yet filled.")

    objects: ClassVar = TrigramQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = (
            models.Index(fields=["position"], name="search_entry_newest"),
            models.Index(fields=["room", "position"], name="search_entry_newest_in_room"),
            models.Index(fields=["id"], condition=models.Q(text__isnull=True), name="search_entry_unfilled"),
        )

    def __str__(self) -> str:
        return f"Entry {self.pk}"
