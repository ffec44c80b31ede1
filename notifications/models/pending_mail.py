"""Store which notifications wait to be mailed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.models.base import Record
from notifications.models.notifications import Notification


class PendingMailQuerySet(models.QuerySet["PendingMail"]):
    def unclaimed(self, now: datetime) -> Self:
        """Return those that no job is mailing at present."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lte=now))

    def due(self, now: datetime) -> Self:
        """Return those that are to be mailed by now."""
        return self.unclaimed(now).filter(due_at__lte=now)


class PendingMail(Record):
    """A notification that is mailed when it is due, with all others of its user, unless it is read before."""

    notification = models.OneToOneField(Notification, on_delete=models.CASCADE, related_name="pending_mail")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(
        null=True, blank=True, help_text="While a job mails it; past, where its process has died."
    )

    objects: ClassVar = PendingMailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "pending mail"
        indexes = (
            models.Index(fields=["user", "due_at"], name="pending_mail_of_user"),
            models.Index(fields=["due_at"], name="pending_mail_due"),
        )

    def __str__(self) -> str:
        return f"to {self.user}, {self.due_at:%Y-%m-%d %H:%M}"
