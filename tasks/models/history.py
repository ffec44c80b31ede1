"""What has happened to tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Record, User
from tasks.models.tasks import Task


class TaskChange(Record):
    """A change of one field of a task. Changes of one call have the version that the task got by it.

    Values are those of REST: ids of columns, users, labels and tasks, texts, numbers, times.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="changes", db_index=False)
    version = models.PositiveBigIntegerField()
    actor = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    field = models.CharField(max_length=20)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        indexes = (models.Index(fields=["task", "version", "id"], name="task_change_by_version"),)

    def __str__(self) -> str:
        return f"{self.field} of {self.task}"
