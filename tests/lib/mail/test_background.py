"""Mail leaves beside the requests: nobody waits for a mail server, and nothing is dropped lightly."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

import httpx
import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from lib.mail import background
from tests.live import ROOT, LiveServer
from tests.mailserver import MailServer

DANA = "dana@rope-makers.example"


class FakeServer(BaseEmailBackend):
    """Answers each try with the next of `answers`, and with success after them."""

    answers: list[Exception] = []
    sent: list[str] = []
    tries = 0
    opens = threading.Event()

    def send_messages(self, email_messages: list[EmailMessage]) -> None:
        self.opens.wait()
        type(self).tries += 1
        if self.answers:
            raise self.answers.pop(0)
        self.sent.extend(message.subject for message in email_messages)


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type]:
    settings.EMAIL_BACKEND = "lib.mail.background.BackgroundBackend"
    settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.FakeServer"
    monkeypatch.setattr(background, "RETRY_DELAYS", (0.0, 0.0))
    for name, value in {"answers": [], "sent": [], "tries": 0, "opens": threading.Event()}.items():
        monkeypatch.setattr(FakeServer, name, value)
    FakeServer.opens.set()
    yield FakeServer
    FakeServer.opens.set()
    background.stop_mailer(None)


def send(*subjects: Any) -> None:
    for subject in subjects:
        EmailMessage(subject, "Come aboard.", to=[DANA]).send()


def test_mails_are_sent_in_order(server: type) -> None:
    send("one", "two", "three")
    background.stop_mailer(None)

    assert server.sent == ["one", "two", "three"]


def test_sending_does_not_wait_for_the_mail_server(server: type) -> None:
    server.opens.clear()
    send("one")
    assert server.sent == []

    server.opens.set()
    background.stop_mailer(None)

    assert server.sent == ["one"]


@pytest.mark.parametrize(
    "passing",
    [
        ConnectionRefusedError(111, "Connection refused"),
        TimeoutError("timed out"),
        SMTPServerDisconnected("Connection unexpectedly closed"),
        SMTPResponseException(421, b"Come back later"),
        SMTPRecipientsRefused({DANA: (450, b"Greylisted")}),
    ],
)
def test_what_may_pass_is_tried_again(server: type, passing: Any) -> None:
    server.answers = [passing, passing]

    send("one")
    background.stop_mailer(None)

    assert server.sent == ["one"]


def test_a_server_that_stays_away_costs_a_few_tries_and_the_mail(
    server: type, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = [ConnectionRefusedError(111, "Connection refused")] * 3

    send("one", "two")
    background.stop_mailer(None)

    assert server.sent == ["two"]
    assert "A mail was not sent: ConnectionRefusedError 111" in caplog.text


def test_a_refusal_is_final_and_logged_without_the_address(server: type, caplog: pytest.LogCaptureFixture) -> None:
    server.answers = [SMTPRecipientsRefused({DANA: (550, f"<{DANA}> is unknown".encode())})]

    send("one", "two")
    background.stop_mailer(None)

    assert (server.tries, server.sent) == (2, ["two"])
    assert "SMTPRecipientsRefused" in caplog.text and DANA not in caplog.text


def test_a_message_that_breaks_the_backend_takes_no_other_with_it(
    server: type, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = [ValueError(f"Invalid address {DANA}")]

    send("one", "two")
    background.stop_mailer(None)

    assert server.sent == ["two"]
    assert DANA not in caplog.text


def test_a_full_queue_refuses_as_a_mail_server_would(server: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MAX_QUEUED", 2)
    server.opens.clear()

    with pytest.raises(OSError, match="2 mails wait"):
        send(*"abcd")

    assert get_connection(fail_silently=True).send_messages([EmailMessage("e", "", to=[DANA])]) == 0
    server.opens.set()
    background.stop_mailer(None)
    assert "".join(server.sent) in ("ab", "abc"), "The first one may have been on its way."


def test_a_stop_pauses_no_more(server: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "RETRY_DELAYS", (3600.0,))
    server.answers = [ConnectionRefusedError(111, "Connection refused")]
    send("one", "two")

    background.stop_mailer(seconds=30)

    assert server.sent == ["one", "two"]


def test_a_stop_does_not_wait_for_a_silent_server_for_ever(server: type, caplog: pytest.LogCaptureFixture) -> None:
    server.opens.clear()
    send("one", "two")

    background.stop_mailer(seconds=0.1)

    assert server.sent == []
    assert "Mails not sent before the end" in caplog.text
    server.opens.set()
    wait_until(lambda: len(server.sent) == 2)


def test_the_next_mail_after_the_end_is_sent_too(server: type) -> None:
    send("one")
    background.stop_mailer()
    send("two")
    background.stop_mailer()

    assert server.sent == ["one", "two"]


def test_pages_answer_while_the_mail_server_is_silent(tmp_path: Path) -> None:
    with MailServer(silence=60) as post, LiveServer(tmp_path, EMAIL_URL=post.url) as server:
        alice = server.sign_up("Alice")
        slug = alice.found("Halyard")["slug"]

        with ThreadPoolExecutor(4) as people:
            invited = [
                people.submit(alice.ask, "POST", f"/orgs/{slug}/invitations", {"email": f"{name}@rope-makers.example"})
                for name in ("dana", "erin", "finn", "gwen")
            ]
            page = people.submit(httpx.get, f"{server.url}/accounts/login/", timeout=10)
            assert page.result().status_code == 200
            links = [invitation.result()["url"] for invitation in invited]
        # Two accounts and four invitations, had each waited, were six calls by now.
        assert post.received == [] and post.calls < 6

        post.speaks.set()
        wait_until(lambda: len(post.received) == 6)

    assert all(any(link in text for text in post.received) for link in links)


def test_a_stop_sends_what_waits(tmp_path: Path) -> None:
    with MailServer(silence=1) as post, LiveServer(tmp_path, EMAIL_URL=post.url) as server:
        server.sign_up("Alice")
        wait_until(lambda: post.calls)

        server.stop()

        assert len(post.received) == 2  # of the first account of the server too


def test_a_command_waits_for_its_mails(tmp_path: Path) -> None:
    with MailServer(silence=1) as post:
        environment = os.environ | {"DEBUG": "on", "DATA_DIR": str(tmp_path), "EMAIL_URL": post.url}
        subprocess.run([sys.executable, "manage.py", "sendtestemail", DANA], cwd=ROOT, env=environment, check=True)

        assert len(post.received) == 1


def wait_until(true: Callable[..., Any], seconds: int = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
