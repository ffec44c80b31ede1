"""Name the kinds of notifications about tasks, and what is counted in one row."""

from __future__ import annotations

from uuid import UUID

ASSIGNED = "task-assigned"
STATUS = "task-status"
DUE = "task-due"


def name_status_group(task_id: UUID) -> str:
    """Name what the completions and openings of a task are counted under."""
    return f"task-status:{task_id}"
