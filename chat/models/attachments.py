"""Files in messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Record, User
from assets.models import Asset
from chat.models.messages import Message
from chat.models.rooms import Room

# Files in a message.
MAX_ATTACHMENTS = 20


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def standing(self) -> AttachmentQuerySet:
        """Return those that their messages show: neither removed, nor of a message that was deleted."""
        return self.filter(removed_at=None, message__deleted_at=None)

    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Return those that stand in messages of rooms that a user can see."""
        return self.standing().filter(message__room__in=Room.objects.visible_to(user))


class Attachment(Record):
    """A file in a message. What was removed, or whose message was deleted, stays: its owner keeps the file."""

    # The constraint begins with it.
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["message", "position"], name="attachment_position_once"),
            models.CheckConstraint(condition=Q(position__lt=MAX_ATTACHMENTS), name="attachment_few"),
        )

    def __str__(self) -> str:
        return f"{self.asset_id} in {self.message_id}"
