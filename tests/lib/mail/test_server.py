"""A slow mail server holds up no page, and a server that is killed loses no mail."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from tests.live import LiveServer
from tests.mailserver import MailServer


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
        assert post.received == []

        post.speaks.set()
        wait_until(lambda: len(post.received) == 6)

    assert all(any(link in text for text in post.received) for link in links)


def wait_until(true: Callable[[], Any], seconds: int = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
