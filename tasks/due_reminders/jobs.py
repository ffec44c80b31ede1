"""Remind assignees of tasks each minute."""

from __future__ import annotations

from django.utils import timezone

from lib.jobs import job, recurring
from tasks.due_reminders.telling import has_pending, remind_assignees


def _has_pending_reminders() -> bool:
    return has_pending(timezone.now())


@recurring("* * * * *", when=_has_pending_reminders)
@job()
def remind_of_due_tasks() -> None:
    """Remind users of their tasks that are due, each once."""
    remind_assignees()
