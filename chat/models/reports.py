"""Messages that members have reported to the administrators of their organisation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Membership, Organisation, Record, User
from chat.models.messages import Message
from chat.models.rooms import Room

MAX_REASON = 1000


class ReportQuerySet(models.QuerySet["Report"]):
    def administered_by(self, user: User) -> ReportQuerySet:
        """Return the reports in the organisations of which a user is owner or administrator."""
        own = Membership.objects.filter(user=user, role__in=Membership.ADMIN_ROLES)
        return self.filter(organisation__in=own.values("organisation"))

    def open(self) -> ReportQuerySet:
        """Return those that wait for an administrator."""
        return self.filter(state=Report.State.OPEN)

    def for_listing(self) -> ReportQuerySet:
        """Load the message, its room, and the users."""
        return self.select_related("message", "room", "author", "reporter", "resolved_by")


class Report(Record):
    """A message as it was when a member reported it, and why. It stays as it is when the message changes."""

    class State(models.TextChoices):
        OPEN = "open"
        RESOLVED = "resolved"
        DISMISSED = "dismissed"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reports", db_index=False)
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="reports")
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL, related_name="+")
    room_name = models.CharField(max_length=80, blank=True, help_text="Of a direct room none.")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reporter = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(max_length=MAX_REASON)
    content = models.TextField()
    version = models.PositiveBigIntegerField(help_text="Of the message, when it was reported.")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    resolved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ReportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["message", "reporter"], condition=Q(state="open"), name="report_open_once"),
            models.CheckConstraint(condition=Q(state__in=["open", "resolved", "dismissed"]), name="report_state_known"),
        )
        indexes = (models.Index(fields=["organisation", "state", "id"], name="report_by_state"),)

    @property
    def is_message_edited(self) -> bool:
        """Tell whether the message has other words by now."""
        return self.message is not None and self.message.content != self.content

    @property
    def is_message_deleted(self) -> bool:
        """Tell whether the message is gone, by itself or with its room."""
        return self.message is None or self.message.is_deleted

    def get_reporter(self, reader: User) -> User | None:
        """Return who has made the report, for an administrator: not for the author of the message."""
        return self.reporter if self.author_id != reader.pk else None

    def __str__(self) -> str:
        return f"{self.author.name if self.author else 'Somebody'} in {self.room_name or 'direct messages'}"
