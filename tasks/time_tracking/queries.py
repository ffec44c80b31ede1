"""Load the time that was spent on a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from accounts.models import User
from tasks.models import Task, TimeEntry

SHOWN = 50


@dataclass(frozen=True, slots=True)
class TimeSheet:
    """The latest entries of a task, and the timers that run: that of the user first."""

    running: Sequence[TimeEntry]
    entries: Sequence[TimeEntry]
    own: TimeEntry | None


def load_time_sheet(user: User, task: Task) -> TimeSheet:
    """Return the time spent on a task that a user can see. One query."""
    rows = TimeEntry.objects.filter(task=task).select_related("user")
    found = list(rows.order_by(F("ended_at").desc(nulls_first=True), "-pk")[:SHOWN])
    running = sorted((each for each in found if each.ended_at is None), key=lambda each: each.user_id != user.pk)
    own = next((each for each in running if each.user_id == user.pk), None)
    return TimeSheet(running=running, entries=[each for each in found if each.ended_at], own=own)
