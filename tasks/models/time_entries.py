"""Time that users spend on tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Record, User
from tasks.models.tasks import Task


class TimeEntry(Record):
    """Time spent on a task, in whole seconds. A running one has no end; a user has one of these at most."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="time_entries")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=250, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="time_entry_runs_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="time_entry_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=["user", "started_at"], name="time_entry_by_user"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.task}"
