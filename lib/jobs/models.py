"""Define what the table of `django_tasks_db` lacks: unique keys, due times, rates, and who is at work.

A job itself is a row of that table. A waiting one always has the time from which it is due in `run_after`, so that
those of equal priority run in the order of that time.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django_tasks_db.models import DBTaskResult
from uuid_utils.compat import uuid7


class JobKey(models.Model):
    """Key of a job, which no other job that waits has."""

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="unique_key")
    key = models.CharField(max_length=200)
    is_waiting = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(is_waiting=True), name="jobs_one_job_waits_for_each_key"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Schedule(models.Model):
    """When a recurring job is due next. The process that moves the time on enqueues the job."""

    kind = models.CharField(max_length=200, primary_key=True)
    expression = models.CharField(max_length=100)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind


class Pace(models.Model):
    """When the next job of a kind with a rate may start."""

    kind = models.CharField(max_length=200, primary_key=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind


class Worker(models.Model):
    """Process that runs jobs. It renews its lease while it does; after the lease another process takes them over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, help_text="Host and process.")
    started_at = models.DateTimeField()
    leased_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class StoredJob(DBTaskResult[Any, Any]):
    """Job, as the admin lists it."""

    class Meta:
        proxy = True
        verbose_name = "job"
        verbose_name_plural = "jobs"

    def __str__(self) -> str:
        return self.task_path
