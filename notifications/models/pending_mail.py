"""Store which notifications wait to be mailed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from accounts.models import User
from accounts.models.base import Record
from notifications.models.notifications import Notification


class PendingMail(Record):
    """A notification that is mailed when it is due, with all others of its user, unless it is read before."""

    notification = models.OneToOneField(Notification, on_delete=models.CASCADE, related_name="pending_mail")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    due_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        verbose_name_plural = "pending mail"
        indexes = (
            models.Index(fields=["user", "due_at"], name="pending_mail_of_user"),
            models.Index(fields=["due_at"], name="pending_mail_due"),
        )

    def __str__(self) -> str:
        return f"to {self.user}, {self.due_at:%Y-%m-%d %H:%M}"
