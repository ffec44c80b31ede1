"""Mails are stored with what causes them, sent by jobs, and tried again where that may help."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from lib.jobs import run_due_jobs
from lib.mail.delivery import RETENTION, rotate_mail_keys
from lib.mail.jobs import delete_old_mails, deliver_mail
from lib.mail.models import StoredMail
from tests.database import cells

pytestmark = pytest.mark.django_db

DANA = "dana@rope-makers.example"
AWAY = ConnectionRefusedError(111, "Connection refused")


class FakeServer(BaseEmailBackend):
    """Answers each try with the next of `answers`, and with success after them."""

    answers: list[Exception] = []
    sent: list[EmailMessage] = []

    def send_messages(self, email_messages: list[EmailMessage]) -> None:
        if self.answers:
            raise self.answers.pop(0)
        self.sent.extend(email_messages)


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[FakeServer]:
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.FakeServer"
    monkeypatch.setattr(FakeServer, "answers", [])
    monkeypatch.setattr(FakeServer, "sent", [])
    return FakeServer


def send(subject: str = "one") -> None:
    EmailMessage(subject, "Come aboard.", to=[DANA]).send()


def find_job() -> Any:
    return DBTaskResult.objects.get(task_path=deliver_mail.module_path)


def test_a_mail_is_sent_as_it_was_and_nothing_of_it_stays(server: type[FakeServer]) -> None:
    message = EmailMultiAlternatives(
        "Grüße", "Come.", "Atrium <a@b.example>", [DANA], ["bcc@b.example"], cc=["cc@b.example"],
        reply_to=["r@b.example"], headers={"List-Unsubscribe": "<https://a.example>"},
    )  # fmt: skip
    message.attach_alternative("<p>Come.</p>", "text/html")
    message.send()
    assert not server.sent

    run_due_jobs(queue="mail")

    [sent] = server.sent
    for name in ("subject", "body", "from_email", "to", "bcc", "cc", "reply_to", "alternatives"):
        assert getattr(sent, name) == getattr(message, name)
    assert sent.extra_headers["List-Unsubscribe"] == "<https://a.example>"
    assert not StoredMail.objects.exists()


def test_a_mail_goes_with_the_transaction_that_causes_it(server: type[FakeServer]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send()
        raise RuntimeError

    run_due_jobs(queue="mail")

    assert not server.sent and not StoredMail.objects.exists()


def test_what_is_stored_names_nobody_and_says_nothing(server: type[FakeServer]) -> None:
    send("A link for Dana")

    stored = [str(value) for place, value in cells()]

    assert StoredMail.objects.exists()
    assert not [value for value in stored if DANA in value or "Come aboard" in value or "A link for" in value]


@pytest.mark.parametrize(
    "passing",
    [
        AWAY,
        TimeoutError("timed out"),
        SMTPServerDisconnected("Connection unexpectedly closed"),
        SMTPResponseException(421, b"Come back later"),
        SMTPRecipientsRefused({DANA: (450, b"Greylisted")}),
    ],
)
def test_what_may_pass_is_tried_again(server: type[FakeServer], passing: Exception) -> None:
    server.answers = [passing, passing]
    send()

    with time_machine.travel(datetime.now(UTC)) as clock:
        for _ in range(3):
            run_due_jobs(queue="mail")
            clock.shift(timedelta(hours=1))

    assert [message.subject for message in server.sent] == ["one"]


def test_a_server_that_stays_away_costs_a_day_and_then_the_mail(server: type[FakeServer]) -> None:
    send()
    attempts = 0
    with time_machine.travel(datetime.now(UTC)) as clock:
        started = datetime.now(UTC)
        while find_job().status == "READY":
            server.answers = [AWAY]
            attempts += run_due_jobs(queue="mail")
            clock.move_to(max(find_job().run_after, datetime.now(UTC)))
        waited = datetime.now(UTC) - started

    assert attempts == deliver_mail.attempts and timedelta(hours=12) < waited < RETENTION
    assert find_job().status == "FAILED" and "ConnectionRefusedError 111" in find_job().traceback


@pytest.mark.parametrize(
    "final", [SMTPRecipientsRefused({DANA: (550, f"<{DANA}> is unknown".encode())}), ValueError(f"Invalid {DANA}")]
)
def test_a_refusal_is_final_and_told_without_the_address(
    server: type[FakeServer], final: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = [final]
    send()

    assert run_due_jobs(queue="mail") == 1

    assert find_job().status == "FAILED" and type(final).__name__ in find_job().traceback
    assert DANA not in find_job().traceback + caplog.text


def test_both_copies_of_a_mail_that_is_sent_twice_have_one_id_and_date(
    server: type[FakeServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: object) -> None:
        raise RuntimeError("The process was killed after the mail server had taken the mail")

    send()
    with monkeypatch.context() as patched:
        patched.setattr(StoredMail, "delete", die)
        run_due_jobs(queue="mail")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        run_due_jobs(queue="mail")

    first, second = (message.message() for message in server.sent)
    assert first["Message-ID"] == second["Message-ID"] and first["Message-ID"].endswith("@localhost>")
    assert first["Date"] == second["Date"]


def test_a_mail_that_could_not_be_sent_for_days_is_deleted(server: type[FakeServer]) -> None:
    send()
    with time_machine.travel(datetime.now(UTC) + RETENTION - timedelta(minutes=1)):
        delete_old_mails.call()
        assert StoredMail.objects.get().content
    with time_machine.travel(datetime.now(UTC) + RETENTION + timedelta(minutes=1)):
        delete_old_mails.call()
        assert not StoredMail.objects.get().content
        run_due_jobs(queue="mail")

    assert find_job().status == "FAILED" and "too old" in find_job().traceback
    assert not server.sent


def test_new_keys_open_what_waits_and_lost_ones_fail_at_once(server: type[FakeServer], settings: Settings) -> None:
    send()
    settings.DATA_KEYS = ["new"]
    assert rotate_mail_keys() == 1
    settings.SECRET_KEY = "another"
    run_due_jobs(queue="mail")
    assert len(server.sent) == 1

    send()
    settings.DATA_KEYS = ["other"]
    assert rotate_mail_keys() == 0
    assert run_due_jobs(queue="mail") == 1
    assert len(server.sent) == 1


def test_attachments_are_refused(server: type[FakeServer]) -> None:
    message = EmailMessage("one", "Come aboard.", to=[DANA])
    message.attach("a.txt", "text")

    with pytest.raises(ValueError, match="attachments"):
        get_connection().send_messages([message])
