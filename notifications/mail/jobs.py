"""Mail what stays unread, when it is due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lib.jobs import job, recurring
from notifications.mail import services


@job(queue="mail", attempts=10)
def mail_unread_notifications(*, user_id: str) -> None:
    """Mail a user what is due and unread, or again when the silence ends that they want."""
    later = services.mail_unread(user_id=UUID(user_id))
    if later is not None:
        enqueue_mails(later)


@job(queue="mail")
def mail_due_notifications() -> None:
    """Mail all users whose mails are due, by a job for each."""
    for user_id in services.list_due_users():
        mail_unread_notifications.using(unique_key=f"mail:{user_id}").enqueue(user_id=str(user_id))


@recurring("*/10 * * * *", when=services.has_overdue_mails)
@job(queue="mail")
def mail_overdue_notifications() -> None:
    """Mail what should have been mailed before: its job was lost, or has failed."""
    mail_due_notifications.func()


def enqueue_mails(due: datetime) -> None:
    """Mail at a time what is due then, however often that is asked for."""
    mail_due_notifications.using(run_after=due, unique_key=f"mails:{int(due.timestamp())}").enqueue()
