"""A mail server that is away: what was read or deleted before it is back is never mailed, and the rest is, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from smtplib import SMTPResponseException

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from time_machine import TimeMachineFixture

from accounts.models import User
from lib.jobs import run_due_jobs
from lib.mail.delivery import MailNotSent
from lib.mail.models import StoredMail
from notifications.inbox.services import mark_read, withdraw_notifications
from notifications.mail import services
from notifications.mail.jobs import mail_unread_notifications
from notifications.mail.queueing import queue_mail, reschedule_mail
from notifications.mail.services import CLAIM_TIME, mail_unread
from notifications.models import Notification, PendingMail
from tests.notifications.conftest import KnownRooms, Tell

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
AWAY = ConnectionRefusedError(111, "Connection refused")


class FakeServer(BaseEmailBackend):
    """Answers each try with the next of `answers`, and with success after them; each try calls `meanwhile`."""

    answers: list[Exception] = []
    sent: list[EmailMessage] = []
    meanwhile: Callable[[], object]

    def send_messages(self, email_messages: list[EmailMessage]) -> None:
        type(self).meanwhile()
        if self.answers:
            raise self.answers.pop(0)
        self.sent.extend(email_messages)


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture) -> type[FakeServer]:
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.FakeServer"
    settings.SITE_URL = "https://atrium.example"
    monkeypatch.setattr(FakeServer, "answers", [])
    monkeypatch.setattr(FakeServer, "sent", [])
    monkeypatch.setattr(FakeServer, "meanwhile", lambda: None, raising=False)
    time_machine.move_to(NOON, tick=False)
    return FakeServer


@pytest.fixture
def bob(bob: User) -> User:
    bob.email_verified_at = timezone.now()
    bob.save(update_fields=["email_verified_at"])
    return bob


def wait(time_machine: TimeMachineFixture, **time: float) -> list[EmailMessage]:
    time_machine.move_to(timezone.now() + timedelta(**time), tick=False)
    run_due_jobs(queue="mail")
    return FakeServer.sent


def test_what_was_read_or_deleted_during_an_outage_is_not_mailed_after_it(
    server: type[FakeServer], bob: User, tell: Tell, rooms: KnownRooms, time_machine: TimeMachineFixture
) -> None:
    read, deleted, kept = (tell(bob, data={"title": f"{title} title"}) for title in ("read", "deleted", "kept"))
    queue_mail([read, deleted, kept])
    server.answers += [AWAY] * 3

    assert wait(time_machine, minutes=15) == []
    mark_read(actor=bob, notification_id=read.pk)
    withdraw_notifications(Notification.objects.filter(pk=deleted.pk))
    for minutes in (1, 5):
        assert wait(time_machine, minutes=minutes) == []
    [message] = wait(time_machine, hours=1)

    assert "kept title" in message.body
    assert "read title" not in message.body and "deleted title" not in message.body
    assert not PendingMail.objects.exists() and not StoredMail.objects.exists()


def test_nothing_comes_where_nothing_is_left_to_mail(
    server: type[FakeServer], bob: User, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    row = tell(bob)
    queue_mail([row])
    server.answers.append(AWAY)
    assert wait(time_machine, minutes=15) == []

    mark_read(actor=bob, notification_id=row.pk)

    assert wait(time_machine, hours=1) == []
    assert set(DBTaskResult.objects.filter(queue_name="mail").values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_mail_that_is_refused_for_good_is_given_up(
    server: type[FakeServer], bob: User, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    queue_mail([tell(bob)])
    server.answers.append(SMTPResponseException(550, b"no such user bob@halyard.example"))

    assert wait(time_machine, minutes=15) == [] == wait(time_machine, days=1)

    row = DBTaskResult.objects.get(task_path=mail_unread_notifications.module_path)
    assert row.status == "FAILED" and "halyard" not in row.traceback
    assert not PendingMail.objects.exists()


def test_two_jobs_mail_nothing_twice(
    server: type[FakeServer], bob: User, tell: Tell, monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture
) -> None:
    """While one talks to a slow server, another one starts, and its user chooses another pace."""
    queue_mail([tell(bob)])
    time_machine.move_to(NOON + timedelta(minutes=15), tick=False)

    def run_another() -> None:
        monkeypatch.setattr(FakeServer, "meanwhile", lambda: None)
        mail_unread(user_id=bob.pk)
        reschedule_mail(user=bob)

    monkeypatch.setattr(FakeServer, "meanwhile", run_another)
    mail_unread(user_id=bob.pk)

    assert len(server.sent) == 1 and not PendingMail.objects.exists()


def test_what_a_process_had_claimed_that_died_is_mailed_later(
    server: type[FakeServer], bob: User, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    queue_mail([tell(bob)])
    time_machine.move_to(NOON + timedelta(minutes=15), tick=False)
    PendingMail.objects.update(claimed_until=timezone.now() + CLAIM_TIME)

    mail_unread(user_id=bob.pk)
    assert server.sent == [] and not services.has_overdue_mails()
    time_machine.move_to(timezone.now() + CLAIM_TIME, tick=False)
    assert services.has_overdue_mails()
    mail_unread(user_id=bob.pk)

    assert len(server.sent) == 1


def test_a_failure_leaves_all_of_it_for_the_next_attempt(
    server: type[FakeServer], bob: User, tell: Tell, time_machine: TimeMachineFixture
) -> None:
    queue_mail([tell(bob)])
    time_machine.move_to(NOON + timedelta(minutes=15), tick=False)
    server.answers.append(AWAY)

    with pytest.raises(MailNotSent):
        mail_unread(user_id=bob.pk)

    assert services.list_due_users() == [bob.pk]
