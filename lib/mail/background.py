"""Send mail on a thread of its own, so that no request waits for a slow mail server."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Sequence
from queue import SimpleQueue
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)

# Bounds the memory while no mail server answers: some tens of megabytes.
MAX_QUEUED = 1000
# Seconds before each retry: a mail server that restarts loses no mail.
RETRY_DELAYS = (2.0, 10.0, 60.0)
# How long a stopping server still sends queued mail.
STOP_SECONDS = 5.0


class MailQueueFull(OSError):
    """Refusal of a mail beyond the limit: an OSError, as callers expect of a mail server that does not answer."""


class QueuedMail(NamedTuple):
    """Message and the backend that is to send it."""

    backend: Any
    message: EmailMessage


class BackgroundBackend(BaseEmailBackend):
    """Mail backend that queues messages for a thread, which sends them by the backend that EMAIL_URL names."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._backend = get_connection(settings.EMAIL_DELIVERY_BACKEND, **options)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue messages and return how many were queued."""
        for count, message in enumerate(email_messages):
            try:
                _enqueue_mail(QueuedMail(self._backend, message))
            except MailQueueFull:
                if not self.fail_silently:
                    raise
                return count
        return len(email_messages)


class Mailer:
    """Thread that sends one message after the other and retries each."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[QueuedMail | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._send_queued, name="atrium-mail", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def enqueue(self, mail: QueuedMail) -> None:
        """Queue a mail; raise `MailQueueFull` when `MAX_QUEUED` wait already."""
        if self._queue.qsize() >= MAX_QUEUED:
            raise MailQueueFull(f"{MAX_QUEUED} mails wait already.")
        self._queue.put(mail)

    def stop(self, seconds: float | None) -> None:
        """Send queued mail, then end the thread. With a limit retries follow at once, and the rest is lost."""
        if seconds is not None:
            self._stopping.set()
        self._queue.put(None)
        self._thread.join(seconds)
        if self._thread.is_alive():
            # The None at the end of the queue makes up for the mail that is being sent.
            logger.error("Mails not sent before the end: %d", self._queue.qsize())

    def _send_queued(self) -> None:
        while mail := self._queue.get():
            self._send_with_retries(mail)

    def _send_with_retries(self, mail: QueuedMail) -> None:
        delays = iter(RETRY_DELAYS)
        while (error := _send_once(mail)) is not None:
            delay = next(delays, None) if _is_temporary(error) else None
            if delay is None:
                logger.error("A mail was not sent: %s", _describe_error(error))
                return
            logger.warning("A mail was not sent, the next try follows in %d s: %s", delay, _describe_error(error))
            self._stopping.wait(delay)


def stop_mailer(seconds: float | None = STOP_SECONDS) -> None:
    """Send queued mail for at most `seconds`, or all with None, then end the thread. The next mail starts a new one."""
    global _mailer
    with _mailer_lock:
        mailer, _mailer = _mailer, None
    if mailer is not None:
        mailer.stop(seconds)


_mailer: Mailer | None = None
_mailer_lock = threading.Lock()
atexit.register(stop_mailer)


def _enqueue_mail(mail: QueuedMail) -> None:
    global _mailer
    with _mailer_lock:
        if _mailer is None:
            _mailer = Mailer()
            _mailer.start()
        _mailer.enqueue(mail)


def _send_once(mail: QueuedMail) -> Exception | None:
    try:
        mail.backend.send_messages([mail.message])
    except Exception as error:
        return error
    return None


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
    """Name an error by type and code only: mail servers repeat addresses in their words."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
