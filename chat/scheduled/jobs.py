"""Send messages at their time. The rows are the truth: a job is a hint, and the sweep finds what one has missed."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from chat.models import ScheduledMessage
from chat.scheduled.sending import renew_times, send_message_in_time, sweep_due_messages
from lib.jobs import cancel_jobs, job, move_jobs, recurring


@job()
def send_scheduled_message(*, scheduled_id: str) -> None:
    """Send a message whose time has come, once."""
    send_message_in_time(UUID(scheduled_id))


def _has_due_messages() -> bool:
    return ScheduledMessage.objects.due(timezone.now()).exists()


@recurring("* * * * *", when=_has_due_messages)
@job()
def sweep_scheduled_messages() -> None:
    """Send what was not sent at its time, because no server was running or one has died."""
    sweep_due_messages()


@recurring("17 2 * * *")
@job()
def renew_scheduled_times() -> None:
    """Keep to the clock on the wall where the rules of a time zone have changed."""
    for scheduled in renew_times():
        plan_sending(scheduled)


def plan_sending(scheduled: ScheduledMessage) -> None:
    """Enqueue the sending of a message for its time, or move the earlier plan to it."""
    key = _build_key(scheduled)
    if not move_jobs(unique_keys=[key], run_after=scheduled.send_at):
        planned = send_scheduled_message.using(run_after=scheduled.send_at, unique_key=key)
        planned.enqueue(scheduled_id=str(scheduled.pk))


def cancel_sending(scheduled: ScheduledMessage) -> None:
    """Cancel the plan to send a message."""
    cancel_jobs(unique_key=_build_key(scheduled))


def _build_key(scheduled: ScheduledMessage) -> str:
    return f"scheduled:{scheduled.pk}"
