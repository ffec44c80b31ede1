"""Mail what stays unread, when it is due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lib.jobs import job, recurring
from notifications.mail import services


@job(queue="mail", attempts=8)
def mail_unread_notifications(*, user_id: str) -> None:
    """Mail a user what is due and unread, or again when the silence ends that they want."""
    later = services.mail_unread(user_id=UUID(user_id))
    if later is not None:
        enqueue_mail(UUID(user_id), later)


@recurring("*/10 * * * *")
@job()
def mail_overdue_notifications() -> None:
    """Mail what should have been mailed before."""
    for user_id in services.list_overdue_users():
        key = f"mail-overdue:{user_id}"
        mail_unread_notifications.using(unique_key=key).enqueue(user_id=str(user_id))


def enqueue_mail(user_id: UUID, due: datetime) -> None:
    """Mail a user at a time, however often that is asked for."""
    key = f"mail:{user_id}:{int(due.timestamp())}"
    mail_unread_notifications.using(run_after=due, unique_key=key).enqueue(user_id=str(user_id))
