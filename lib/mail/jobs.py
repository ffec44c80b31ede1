"""Jobs of mails."""

from __future__ import annotations

from lib.jobs import job, recurring
from lib.mail import delivery


@job(queue="mail", attempts=10)
def deliver_mail(*, mail_id: str) -> None:
    """Send a stored mail."""
    delivery.send_stored_mail(mail_id)


@recurring("19 * * * *", when=delivery.has_old_mails)
@job()
def delete_old_mails() -> None:
    """Delete what the mails say that could not be sent for days."""
    delivery.delete_old_mails()
