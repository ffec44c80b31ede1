"""Tell users of their reminders. The rows are the truth: a job is a hint, and the sweep finds what one has missed."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from chat.models import Reminder
from chat.reminders.telling import renew_times, sweep_due_reminders, tell_reminder
from lib.jobs import cancel_jobs, job, move_jobs, recurring


@job()
def tell_due_reminder(*, reminder_id: str) -> None:
    """Tell a user of a reminder whose time has come, once."""
    tell_reminder(UUID(reminder_id))


def _has_due_reminders() -> bool:
    return Reminder.objects.due(timezone.now()).exists()


@recurring("* * * * *", when=_has_due_reminders)
@job()
def sweep_reminders() -> None:
    """Tell of what was not told at its time, because no server was running or one has died."""
    sweep_due_reminders()


@recurring("27 2 * * *")
@job()
def renew_reminder_times() -> None:
    """Keep to the clock on the wall where the rules of a time zone have changed."""
    for reminder in renew_times():
        plan_telling(reminder)


def plan_telling(reminder: Reminder) -> None:
    """Enqueue the telling of a reminder for its time, or move the earlier plan to it."""
    key = _build_key(reminder)
    if not move_jobs(unique_keys=[key], run_after=reminder.remind_at):
        tell_due_reminder.using(run_after=reminder.remind_at, unique_key=key).enqueue(reminder_id=str(reminder.pk))


def cancel_telling(reminder: Reminder) -> None:
    """Cancel the plan to tell of a reminder."""
    cancel_jobs(unique_key=_build_key(reminder))


def _build_key(reminder: Reminder) -> str:
    return f"reminder:{reminder.pk}"
