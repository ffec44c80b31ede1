"""What mail programs go by: threads, automatic answers, unsubscribing; and a real mail server."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings
from time_machine import TimeMachineFixture

from accounts.models import User
from lib.jobs import run_due_jobs
from notifications.mail.queueing import queue_mail
from notifications.mail.services import mail_unread
from notifications.mail.unsubscribing import build_unsubscribe_path
from notifications.models import NotificationSettings, PendingMail
from notifications.places import PlaceName
from tests.conftest import ClientFor
from tests.mailserver import MailServer
from tests.notifications.conftest import ROOM, KnownRooms, Tell

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site(settings: Settings, time_machine: TimeMachineFixture) -> Iterator[None]:
    settings.SITE_URL = "https://atrium.example/"
    time_machine.move_to(NOON, tick=False)
    yield


@pytest.fixture
def bob(bob: User) -> User:
    bob.email_verified_at = timezone.now()
    bob.save(update_fields=["email_verified_at"])
    return bob


def headers_of(time_machine: TimeMachineFixture, *rows: Any) -> dict[str, str]:
    queue_mail(rows)
    time_machine.move_to(timezone.now() + timedelta(minutes=15), tick=False)
    run_due_jobs(queue="mail")
    return dict(mail.outbox[-1].message().items())


def test_mails_about_a_room_and_about_a_thread_hold_together(
    bob: User, tell: Tell, rooms: KnownRooms, time_machine: TimeMachineFixture
) -> None:
    thread, row = uuid4(), tell(bob)
    room = f"<room.{ROOM.hex}@atrium.example>"

    first, second = headers_of(time_machine, row), headers_of(time_machine, tell(bob), tell(bob))
    reply = headers_of(time_machine, tell(bob, thread=thread))

    assert first["Message-ID"] == f"<notification.{row.activity_id.hex}@atrium.example>"
    assert first["In-Reply-To"] == first["References"] == second["References"] == room
    assert (first["Subject"], first["Message-ID"]) != (second["Subject"], second["Message-ID"])
    assert first["Subject"] == second["Subject"] == reply["Subject"] == "design (Halyard)"
    assert reply["References"] == f"{room} <thread.{thread.hex}@atrium.example>"
    assert reply["In-Reply-To"] == f"<thread.{thread.hex}@atrium.example>"


def test_a_mail_about_several_rooms_is_in_no_thread(
    bob: User, tell: Tell, rooms: KnownRooms, time_machine: TimeMachineFixture
) -> None:
    rooms.names[bob.pk] = PlaceName("kitchen", "/")

    headers = headers_of(time_machine, tell(bob), tell(bob, place=bob.pk))

    assert "References" not in headers and headers["Subject"] == "2 unread notifications"


def test_programs_answer_nothing_and_can_unsubscribe(bob: User, tell: Tell, time_machine: TimeMachineFixture) -> None:
    headers = headers_of(time_machine, tell(bob))

    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Precedence"] == "bulk"
    assert headers["List-Unsubscribe"] == f"<https://atrium.example{build_unsubscribe_path(bob.pk)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_stops_the_mails_signed_out_too(client_for: ClientFor, bob: User, tell: Tell) -> None:
    queue_mail([tell(bob)])
    browser = client_for(bob).__class__(enforce_csrf_checks=True)
    path = build_unsubscribe_path(bob.pk)

    assert "Stop these mails?" in browser.get(path).content.decode()
    assert not NotificationSettings.objects.exists(), "programs open links to look at them"
    answer = browser.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200 and "You get no more of these mails" in answer.content.decode()
    assert NotificationSettings.objects.get(user=bob).mail_pace == "never"
    assert not PendingMail.objects.exists()
    assert browser.post(path).status_code == 200, "twice is once"


def test_a_link_that_was_not_made_here_stops_nothing(client_for: ClientFor, alice: User, bob: User) -> None:
    _, signature = build_unsubscribe_path(bob.pk).split("/")[-2].split(":")
    forged = f"/notifications/unsubscribe/{alice.pk.hex}:{signature}/"

    assert client_for(bob).post(forged).status_code == 404
    assert client_for(bob).post("/notifications/unsubscribe/none/").status_code == 404
    assert not NotificationSettings.objects.exists()


def test_a_mail_server_gets_it(
    bob: User, tell: Tell, rooms: KnownRooms, settings: Settings, time_machine: TimeMachineFixture
) -> None:
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    row = tell(bob, data={"title": "Zoë mentioned you", "text": "Tea?\nCake?"})
    with MailServer(silence=0) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        queue_mail([row])
        time_machine.move_to(NOON + timedelta(minutes=15), tick=False)
        run_due_jobs(queue="mail")
        assert mail_unread(user_id=bob.pk) is None

    [received] = server.received
    message: Message = message_from_bytes(received.encode())
    text, html = (part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart())
    assert message["Message-ID"] == f"<notification.{row.activity_id.hex}@atrium.example>"
    assert message["List-Unsubscribe"].replace("\r\n ", "").startswith("<https://atrium.example/notifications/")
    assert "Zoë mentioned you" in text and "> Tea?" in text and "> Cake?" in text
    assert "Zoë mentioned you" in html and "Tea?<br>Cake?" in html
    assert not any(fetched in html for fetched in ("<img", "<link", "<script", "<table", "src=", "url("))
