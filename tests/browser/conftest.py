"""Real browsers against the real server: `manage.py serve` in its own process with its own database."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright

from tests.accounts.steps import code_of
from tests.browser.chromium import FLAGS, find_chromium
from tests.live import ANSWER_SECONDS, PASSWORD, LiveServer, Person
from tests.notifications.push.service import PushService

DESKTOP = {"width": 1280, "height": 800}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# Generous, for machines that do other things meanwhile; nobody waits that long on a good day.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def push_service() -> Iterator[PushService]:
    """The only push service that the server knows."""
    with PushService() as started:
        yield started


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, push_service: PushService) -> Iterator[LiveServer]:
    push = {"PUSH_HOSTS": push_service.url, "OUTBOUND_NETWORKS": "127.0.0.1/32"}
    with LiveServer(tmp_path_factory.mktemp("browser"), **push) as live:
        yield live


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Started per file: while it runs its event loop, Django would refuse the database to other tests."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        except Error as error:
            pytest.skip(f"No browser to test with: {error.message.splitlines()[0]}")
        yield started
        started.close()


@dataclass
class Member:
    """Somebody of the cast: at REST, and with the cookies of a signed-in browser."""

    name: str
    rest: Person
    cookies: list[dict[str, Any]]

    @property
    def id(self) -> str:
        return self.rest.id

    def say(self, room: str, *texts: str) -> None:
        for text in texts:
            self.rest.ask("POST", f"/rooms/{room}/messages", {"content": text})


@dataclass
class Company:
    """An organisation of Alice, who owns it, and Bob."""

    slug: str
    alice: Member
    bob: Member

    @classmethod
    def founded(cls, name: str, alice: Member, bob: Member) -> Company:
        slug = alice.rest.found(name)["slug"]
        alice.rest.invite(slug, bob.rest)
        return cls(slug, alice, bob)

    def open_room(self, name: str, kind: str = "group") -> str:
        body = {"name": name, "kind": kind, "member_ids": [self.bob.id]}
        return str(self.alice.rest.ask("POST", f"/orgs/{self.slug}/rooms", body)["id"])


@pytest.fixture(scope="session")
def cast(server: LiveServer) -> tuple[Member, Member]:
    return _arrive(server, "Alice"), _arrive(server, "Bob")


@pytest.fixture(scope="session")
def newcomer(server: LiveServer) -> Member:
    """Charlie, who belongs nowhere yet."""
    return _arrive(server, "Charlie")


@pytest.fixture(scope="session")
def careful(server: LiveServer) -> Member:
    """Dora, who has a second factor. The code of this moment is used up."""
    return _turn_on_second_factor(server, _arrive(server, "Dora"))


@pytest.fixture(scope="session")
def asked(server: LiveServer) -> Member:
    """Emil, whose organisation asks for a second factor that he doesn't have."""
    emil = _arrive(server, "Emil")
    slug = emil.rest.found("The careful quay")["slug"]
    emil.rest.ask("PATCH", f"/orgs/{slug}", {"requires_second_factor": True})
    return emil


@pytest.fixture
def company(cast: tuple[Member, Member], request: pytest.FixtureRequest) -> Company:
    """A fresh organisation for each test."""
    name = re.sub(r"[^a-z]+", " ", request.node.name.lower()).removeprefix("test ")[:36]
    return Company.founded(name, *cast)


@dataclass
class Desk:
    """Opens browsers and watches what they complain of."""

    browser: Browser
    server: LiveServer
    contexts: list[BrowserContext]
    complaints: list[str]
    # A lost connection is what some tests are about; the browser logs it by itself.
    expected: list[str] = field(default_factory=lambda: ["net::ERR_", "WebSocket connection to"])

    def expect(self, complaint: str) -> None:
        """Let pages log what contains this."""
        self.expected.append(complaint)

    def open(self, who: Member | None, path: str = "", **options: Any) -> Page:
        # A service worker would carry navigations past what a test answers by itself.
        defaults = {"viewport": DESKTOP, "base_url": self.server.url, "service_workers": "block"}
        context = self.browser.new_context(**defaults | options)
        self.contexts.append(context)
        context.set_default_timeout(30_000)
        if who:
            context.add_cookies([cookie | {"url": self.server.url} for cookie in who.cookies])  # type: ignore[list-item]
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{error}"))
        if path:
            page.goto(path)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(each in message.text for each in self.expected):
            self.complaints.append(f"{message.text} {message.location}")


@pytest.fixture
def desk(browser: Browser, server: LiveServer) -> Iterator[Desk]:
    """A place to open browsers at. No page may log an error or break the content security policy."""
    desk = Desk(browser, server, [], [])
    yield desk
    for context in desk.contexts:
        context.close()
    assert desk.complaints == []


@pytest.fixture
def open_room(desk: Desk) -> Callable[..., Page]:
    """A member's browser, looking at a room and connected."""
    from tests.browser.steps import join_room

    def build(who: Member, room: str, **options: Any) -> Page:
        page = desk.open(who, f"/rooms/{room}/", **options)
        join_room(page, room)
        return page

    return build


def _arrive(server: LiveServer, name: str) -> Member:
    person = server.sign_up(name)
    with httpx.Client(base_url=server.url, timeout=ANSWER_SECONDS) as client:
        client.get("/accounts/login/")
        form = {
            "login": f"{name.lower()}@halyard.example",
            "password": PASSWORD,
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        }
        answer = client.post("/accounts/login/", data=form)
        assert answer.status_code == 302, answer.text
        cookies = [{"name": cookie.name, "value": cookie.value} for cookie in client.cookies.jar]
    return Member(name, person, cookies)


def _turn_on_second_factor(server: LiveServer, member: Member) -> Member:
    path = "/settings/second-factor/"
    with httpx.Client(base_url=server.url, timeout=ANSWER_SECONDS) as client:
        for cookie in member.cookies:
            client.cookies.set(cookie["name"], cookie["value"])
        form = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post(f"{path}enrolment/", data=form)
        found = re.search(r'data-copies="(\w+)"', client.get(f"{path}confirmation/").text)
        assert found
        answer = client.post(f"{path}confirmation/", data=form | {"otp": code_of(found[1])})
        assert answer.status_code == 200, answer.text
        cookies = [{"name": cookie.name, "value": cookie.value} for cookie in client.cookies.jar]
    return Member(member.name, member.rest, cookies)


def screenshot(page: Page, name: str) -> None:
    """For looking at by people: kept where SCREENSHOTS says, else nowhere."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")
