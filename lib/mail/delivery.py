"""Send mails: those that are stored, which are then deleted, and those that are made when they are sent."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils import timezone

from lib.crypto import DecryptionError, rotate
from lib.jobs import JobAborted, JobError
from lib.mail.content import decrypt_message
from lib.mail.models import StoredMail

# The links in most mails are no longer good by then.
RETENTION = timedelta(days=3)
# As long as their jobs are kept: one that is tried again after `RETENTION` shall not seem to have sent anything.
ROW_RETENTION = timedelta(days=31)


class MailNotSent(JobError):
    """Failure that may pass. Its text has no address."""


class MailRefused(JobAborted):
    """Failure that stays. Its text has no address."""


def send_stored_mail(mail_id: str) -> None:
    """Send a stored mail and delete it; raise `MailNotSent` where a later try may succeed, else `MailRefused`.

    A process that is killed between the two sends it again, with the same Message-ID.
    """
    stored = StoredMail.objects.filter(pk=mail_id).first()
    if stored is None:  # sent already
        return
    if not stored.content:
        raise MailRefused("It was too old, and is deleted.")
    try:
        message = decrypt_message(stored.content)
    except DecryptionError:
        raise MailRefused("The key that encrypted it is gone.") from None
    send_message(message)
    stored.delete()


def send_message(message: EmailMessage) -> None:
    """Give a message to the mail server; raise `MailNotSent` where a later try may succeed, else `MailRefused`.

    For jobs, outside of transactions. Mail servers repeat addresses in their words, so only type and code stay.
    """
    try:
        get_connection(settings.EMAIL_DELIVERY_BACKEND).send_messages([message])
    except Exception as error:
        raise (MailNotSent if _is_temporary(error) else MailRefused)(_describe_error(error)) from None


def delete_old_mails() -> None:
    """Delete the content of the mails that could not be sent within `RETENTION`."""
    now = timezone.now()
    _select_old_contents(now).update(content="")
    _select_old_rows(now).delete()


def has_old_mails() -> bool:
    """Tell whether there is anything to delete, by reads alone."""
    now = timezone.now()
    return _select_old_contents(now).exists() or _select_old_rows(now).exists()


def _select_old_contents(now: datetime) -> QuerySet[StoredMail]:
    return StoredMail.objects.filter(created_at__lt=now - RETENTION).exclude(content="")


def _select_old_rows(now: datetime) -> QuerySet[StoredMail]:
    return StoredMail.objects.filter(created_at__lt=now - ROW_RETENTION)


def rotate_mail_keys() -> int:
    """Encrypt the mails that wait anew by the key that comes first now; return how many there were."""
    count = 0
    for mail_id, content in StoredMail.objects.exclude(content="").values_list("pk", "content"):
        with suppress(DecryptionError):  # it can't be sent either, and is deleted soon
            count += StoredMail.objects.filter(pk=mail_id).update(content=rotate(content))
    return count


def _is_temporary(error: Exception) -> bool:
    """Tell whether a retry may succeed: there was no connection, or the server answered with a temporary code (4xx)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code < 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return error.smtp_code < 500
    return isinstance(error, SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, SMTPException)
    )


def _describe_error(error: Exception) -> str:
    """Name an error by type and code only."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None) or _find_recipient_code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _find_recipient_code(error: Exception) -> int | None:
    recipients = error.recipients if isinstance(error, SMTPRecipientsRefused) else {}
    return max((code for code, _ in recipients.values()), default=None)
