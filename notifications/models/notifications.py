"""Notifications: what has happened that a user should know of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, Record, User, new_id

MAX_GROUP_KEY = 80
UNREAD = Q(read_at=None)


class Level(models.TextChoices):
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def received_by(self, user: User) -> NotificationQuerySet:
        """Return a user's own notifications, as the bell lists them: nobody else sees them."""
        return self.filter(user=user, is_listed=True)

    def unread(self) -> NotificationQuerySet:
        """Return those that their user has not read."""
        return self.filter(UNREAD)

    def for_listing(self) -> NotificationQuerySet:
        """Load who has caused them, and the organisations."""
        return self.select_related("actor", "organisation")


class Notification(Record):
    """Something that a user should know of. Its texts are made when it is read, by its kind.

    `subject` is what it is about, such as a message, `place` the room of that and `thread` the root of a thread, if it
    is in one alone; `position` is its number there. What happens again while the row is unread, under the same
    `group_key`, is counted in it: `first_position` and `data` are then the first one's. What is not `is_listed` is
    delivered in other ways and not in the bell.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications", db_index=False)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Who has caused it, last."
    )
    kind = models.CharField(max_length=32)
    level = models.CharField(max_length=8, choices=Level, default=Level.INFO)
    data = models.JSONField(default=dict, blank=True, help_text="What its kind needs beside the rows that it names.")
    subject = models.UUIDField(null=True, blank=True)
    place = models.UUIDField(null=True, blank=True)
    thread = models.UUIDField(null=True, blank=True)
    position = models.PositiveBigIntegerField(null=True, blank=True)
    first_position = models.PositiveBigIntegerField(null=True, blank=True)
    group_key = models.CharField(max_length=MAX_GROUP_KEY, blank=True)
    count = models.PositiveIntegerField(default=1)
    url = models.CharField(max_length=500, blank=True)
    is_listed = models.BooleanField(default=True, help_text="In the bell, and not only by push or mail.")
    activity_id = models.UUIDField(
        default=new_id, editable=False, help_text="New with each that is counted in it: they are sorted by it."
    )
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = NotificationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(level__in=["info", "success", "warning", "error"]), name="notification_level_known"
            ),
            models.UniqueConstraint(
                fields=["user", "group_key"],
                condition=Q(read_at__isnull=True) & ~Q(group_key=""),
                name="notification_unread_once_per_group",
            ),
        )
        indexes = (
            models.Index(fields=["user", "activity_id"], name="notification_by_activity"),
            # What the bell counts, and what reading a room or a thread ends.
            models.Index(
                fields=["user", "place", "thread", "position", "is_listed"],
                condition=Q(read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(fields=["subject"], condition=Q(subject__isnull=False), name="notification_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.user}"
