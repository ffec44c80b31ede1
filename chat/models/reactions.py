"""Reactions to messages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Record, User
from chat.models.messages import Message

MAX_EMOJI_LENGTH = 64
# Different emoji under one message. Any number of users may use each.
MAX_EMOJI_PER_MESSAGE = 20


class Reaction(Record):
    """A user's emoji under a message. `Message.reactions` repeats them as they are shown."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=MAX_EMOJI_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["message", "user", "emoji"], name="reaction_once"),
            models.CheckConstraint(condition=~Q(emoji=""), name="reaction_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.emoji} by {self.user}"
