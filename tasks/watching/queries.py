"""Find who watches a task."""

from __future__ import annotations

from accounts.models import User
from tasks.models import Task


def load_watchers(task: Task) -> list[User]:
    """Return who watches a task, the first to do so first. One query."""
    return [each.user for each in task.watchers.select_related("user").order_by("pk")]
