"""A whole server is given addresses of this machine in every notation; what listens there hears nothing."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from chat.messages.services.previews import MAX_PER_SECOND
from chat.previews.links import MAX_PREVIEWS
from tests.live import LiveServer, Person
from tests.notifications.push.browser import FakeBrowser
from tests.webserver import WebServer

# Of 127.0.0.1, ::1 and the metadata service of clouds, and the names of this machine.
HOSTS = (
    *("127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "0.0.0.0"),  # noqa: S104
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    *("169.254.169.254", "2852039166", "[::ffff:169.254.169.254]", "localhost", socket.gethostname()),
)
# The one address that the server may ask: from there, redirects lead to the others.
OUTSIDE = "127.0.0.2"
SECONDS = 120


class EveryAddress(WebServer):
    """Server at all addresses of this machine, of both versions of the protocol."""

    address_family = socket.AF_INET6


@pytest.fixture
def listener() -> Iterator[WebServer]:
    with EveryAddress("::") as listener:
        listener.put("/secret", "<title>Secret</title>")
        for host in ("127.0.0.1", "[::1]"):
            assert httpx.get(f"http://{host}:{listener.port}/secret").status_code == 200
        assert len(listener.asked) == 2
        listener.asked.clear()
        yield listener


@pytest.fixture
def outside() -> Iterator[WebServer]:
    with WebServer(OUTSIDE) as outside:
        yield outside


def test_no_preview_and_no_push_reaches_this_machine(tmp_path: Path, listener: WebServer, outside: WebServer) -> None:
    targets = [f"http://{host}:{listener.port}/secret" for host in HOSTS]
    redirects = [outside.redirect(f"/to/{number}", url) for number, url in enumerate(targets)]
    allowed = [f"http://{host.strip('[]')}:{listener.port}" for host in HOSTS]
    settings = {
        "LINK_PREVIEWS": "on",
        "OUTBOUND_NETWORKS": f"{OUTSIDE}/32",
        # Else no push would come as far as the guard.
        "PUSH_HOSTS": ",".join([*allowed, outside.url]),
    }
    with LiveServer(tmp_path, **settings) as server:
        alice, bob = server.sign_up("Alice"), server.sign_up("Bob")
        slug = alice.found("Harbour")["slug"]
        room = alice.ask("POST", f"/orgs/{slug}/rooms", {"name": "quay", "kind": "group"})["id"]
        urls = [*targets, *redirects]
        for number, start in enumerate(range(0, len(urls), MAX_PREVIEWS), 1):
            content = "\n".join(urls[start : start + MAX_PREVIEWS])
            alice.ask("POST", f"/rooms/{room}/messages", {"content": content})
            if number % (MAX_PER_SECOND // 2) == 0:
                wait_for_jobs(server)
                time.sleep(1)  # or it asks for no more previews
        assert subscribe_browsers(alice, targets) >= 5, "the others are refused before"
        assert subscribe_browsers(bob, redirects) == len(redirects)
        for person in (alice, bob):
            person.ask("POST", "/me/push-subscriptions/test")
        wait_for_jobs(server)
        messages = alice.ask("GET", f"/rooms/{room}/messages?limit=100")["items"]

    asked = [each.path for each in outside.asked]
    assert {path: asked.count(path) for path in set(asked)} == {f"/to/{n}": 2 for n in range(len(HOSTS))}
    assert messages and not any(message["previews"] for message in messages)
    assert listener.asked == []


def subscribe_browsers(person: Person, urls: list[str]) -> int:
    """Subscribe a browser at each address that the server takes; return how many those are."""
    answers = [
        person.post("/me/push-subscriptions", json={"endpoint": url, "keys": FakeBrowser().keys}) for url in urls
    ]
    assert {answer.status_code for answer in answers} <= {201, 422}
    return sum(answer.status_code == 201 for answer in answers)


def wait_for_jobs(server: LiveServer) -> None:
    """Wait until no job runs, or waits for its time or for another attempt."""
    deadline = time.monotonic() + SECONDS
    while not {"waiting: 0", "delayed: 0", "running: 0"} <= set(
        (printed := server.manage("jobs")).splitlines()[-1].split(", ")
    ):
        assert time.monotonic() < deadline, printed
