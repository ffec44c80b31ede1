"""Hear of changed tasks, and notify users of them inside the transaction of the change."""

from __future__ import annotations

from uuid import UUID

from tasks.models import Status, Task
from tasks.notifying.services import (
    notify_of_assignments,
    notify_of_statuses,
    withdraw_assignments,
    withdraw_tasks,
)
from tasks.work.hooks import Recorded


def tasks_recorded(recorded: Recorded) -> None:
    """Notify who is assigned to tasks or watches them, and take back what is true no longer."""
    gone, opened = set(recorded.deleted), dict[UUID, Task]()
    for change in recorded.changes:
        if change.field == "status" and Status.COMPLETED in (change.before, change.after):
            opened[change.task.pk] = change.task
        elif change.field == "assignee_ids":
            no_longer = set(change.before or ()) - set(change.after or ())
            withdraw_assignments(change.task.pk, [UUID(each) for each in no_longer])
    actor, project = recorded.actor, recorded.project
    notify_of_assignments(actor, project, [pair for pair in recorded.assigned if pair[0].pk not in gone])
    notify_of_statuses(actor, project, [task for task in opened.values() if task.pk not in gone])
    if gone:
        withdraw_tasks(gone)
