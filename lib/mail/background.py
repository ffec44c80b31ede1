"""Mail leaves on a thread of its own, so that nobody waits for a slow mail server but the next mail."""

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

# What a mail server that stays away may cost in memory: some tens of megabytes.
MAX_WAITING = 1000
# Seconds before each further try: a mail server that restarts costs no mail.
PAUSES = (2.0, 10.0, 60.0)
# How long a server that stops still sends what waits.
STOP_SECONDS = 5.0


class MailQueueFull(OSError):
    """Refused like a mail server that doesn't answer: whoever sends expects that already."""


class Letter(NamedTuple):
    """A message and the backend that is to send it."""

    backend: Any
    message: EmailMessage


class BackgroundBackend(BaseEmailBackend):
    """Hands messages to the process's mailer, which sends them through the backend that EMAIL_URL names."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._backend = get_connection(settings.EMAIL_DELIVERY_BACKEND, **options)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many are on their way."""
        for count, message in enumerate(email_messages):
            try:
                _hand_over(Letter(self._backend, message))
            except MailQueueFull:
                if not self.fail_silently:
                    raise
                return count
        return len(email_messages)


class Mailer:
    """One thread that sends one message after the other, and has patience with each."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Letter | None] = SimpleQueue()
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._run, name="atrium-mail", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def take(self, letter: Letter) -> None:
        if self._waiting.qsize() >= MAX_WAITING:
            raise MailQueueFull(f"{MAX_WAITING} mails wait already.")
        self._waiting.put(letter)

    def end(self, seconds: float | None) -> None:
        """Send what waits, then end. With a limit nothing pauses any more, and what is left after it is lost."""
        if seconds is not None:
            self._hurry.set()
        self._waiting.put(None)
        self._thread.join(seconds)
        if self._thread.is_alive():
            # The mark of the end, which still waits, stands for the one on its way.
            logger.error("Mails not sent before the end: %d", self._waiting.qsize())

    def _run(self) -> None:
        while letter := self._waiting.get():
            self._send(letter)

    def _send(self, letter: Letter) -> None:
        pauses = iter(PAUSES)
        while (error := _failure_of(letter)) is not None:
            pause = next(pauses, None) if _may_pass(error) else None
            if pause is None:
                logger.error("A mail was not sent: %s", _kind(error))
                return
            logger.warning("A mail was not sent, the next try follows in %d s: %s", pause, _kind(error))
            self._hurry.wait(pause)


def finish(seconds: float | None = STOP_SECONDS) -> None:
    """Send what waits, for so long at most, or with None until it is done. The next mail starts a new thread."""
    global _mailer
    with _handing_over:
        mailer, _mailer = _mailer, None
    if mailer is not None:
        mailer.end(seconds)


_mailer: Mailer | None = None
_handing_over = threading.Lock()
atexit.register(finish)


def _hand_over(letter: Letter) -> None:
    global _mailer
    with _handing_over:
        if _mailer is None:
            _mailer = Mailer()
            _mailer.start()
        _mailer.take(letter)


def _failure_of(letter: Letter) -> Exception | None:
    try:
        letter.backend.send_messages([letter.message])
    except Exception as error:
        return error
    return None


def _may_pass(error: Exception) -> bool:
    """Whether a further try may succeed: there was no connection, or the server said "not now"."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code < 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return error.smtp_code < 500
    return isinstance(error, SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, SMTPException)
    )


def _kind(error: Exception) -> str:
    """What went wrong, without its words: mail servers repeat addresses in them."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
