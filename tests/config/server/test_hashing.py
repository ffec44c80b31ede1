"""Requests that hash a password have threads of their own, and only so many of them wait."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from config.server import hashing
from config.server.handler import PooledHandler
from config.server.hashing import HashingLane, needs_hashing
from lib.db.threads import thread_pool
from lib.web.errors import ServerBusy
from tests.accounts.steps import enrol
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD

ROOT = Path(__file__).resolve().parents[3]


def scope_of(method: str, path: str, client: str = "192.0.2.1", **headers: str) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "query_string": b"", "root_path": "", "http_version": "1.1",
        "scheme": "http", "client": (client, 1), "server": ("127.0.0.1", 8000),
        "headers": [(b"host", b"localhost"), *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items())],
    }  # fmt: skip


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """What a hash waits for in these tests."""
    event = threading.Event()
    yield event
    event.set()


async def fill(lane: HashingLane, held: threading.Event, client: str, number: int) -> list[asyncio.Task[Any]]:
    """Let so many requests of a client wait in the lane."""
    scope = scope_of("POST", "/api/v1/auth/token", client)
    tasks = [asyncio.create_task(lane.run(scope, held.wait, 10)) for _ in range(number)]
    await asyncio.sleep(0)
    return tasks


def test_what_exceeds_the_bound_is_refused_at_once(held: threading.Event) -> None:
    async def run() -> list[bool]:
        lane = HashingLane()
        tasks = await fill(lane, held, "192.0.2.1", hashing.MAX_REQUESTS_PER_CLIENT)
        with pytest.raises(ServerBusy):
            await lane.run(scope_of("POST", "/api/v1/auth/token"), held.wait)
        others = hashing.MAX_REQUESTS - hashing.MAX_REQUESTS_PER_CLIENT
        tasks += await fill(lane, held, "192.0.2.2", others)
        with pytest.raises(ServerBusy):
            await lane.run(scope_of("POST", "/api/v1/auth/token", "192.0.2.3"), held.wait)
        held.set()
        await asyncio.gather(*tasks)
        return [await lane.run(scope_of("POST", "/api/v1/auth/token"), held.wait)]

    assert asyncio.run(run()) == [True]


def test_load_tests_wait_without_a_bound(held: threading.Event, settings: Settings) -> None:
    settings.THROTTLE = False

    async def run() -> list[bool]:
        tasks = await fill(HashingLane(), held, "192.0.2.1", 3 * hashing.MAX_REQUESTS)
        held.set()
        return await asyncio.gather(*tasks)

    assert all(asyncio.run(run()))


def ask_while_busy(held: threading.Event, scope: dict[str, Any]) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body that a request gets while as many hashes wait as may."""

    async def run() -> list[Any]:
        handler, sent = PooledHandler(), []
        for n in range(2):
            await fill(handler.hashing, held, f"192.0.2.{n + 5}", hashing.MAX_REQUESTS // 2)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            sent.append(message)

        await handler(scope, receive, send)
        held.set()
        return sent

    start, body = asyncio.run(run())
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, body["body"].decode()


def test_rest_answers_a_problem_and_when_to_come_back(held: threading.Event) -> None:
    status, headers, body = ask_while_busy(held, scope_of("POST", "/api/v1/auth/token"))

    assert (status, headers["retry-after"], headers["content-type"]) == (503, "2", "application/problem+json")
    assert '"code":"busy"' in body


@pytest.mark.parametrize(("language", "words"), [("en", "Too many passwords"), ("de", "Zu viele Passwörter")])
def test_a_page_says_so_in_the_readers_language(held: threading.Event, language: str, words: str) -> None:
    status, headers, body = ask_while_busy(held, scope_of("POST", "/accounts/login/", accept_language=language))

    assert (status, headers["retry-after"]) == (503, "2")
    assert words in body


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/accounts/login/", "/api/v1/openapi.json"])
def test_others_are_answered_meanwhile(held: threading.Event, path: str) -> None:
    assert ask_while_busy(held, scope_of("GET", path))[0] == 200


def test_a_page_that_was_forgotten_hashes_one_at_a_time(held: threading.Event, monkeypatch: Any) -> None:
    def encode(*_: Any) -> str:
        held.wait(10)
        return "hashed"

    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)
    from django.contrib.auth.hashers import make_password

    async def run() -> list[Any]:
        run = partial(asyncio.get_running_loop().run_in_executor, thread_pool, make_password)
        first = run("x")
        await asyncio.sleep(0.1)
        with pytest.raises(ServerBusy):
            await run("x")
        held.set()
        return [await first, await run("x")]

    assert asyncio.run(run()) == ["hashed", "hashed"]


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of its two works the hasher has done."""
    done: list[str] = []
    for name in ("encode", "verify"):
        work: Callable[..., Any] = getattr(Argon2PasswordHasher, name)

        def note(self: Any, *args: Any, _name: str = name, _work: Callable[..., Any] = work) -> Any:
            done.append(_name)
            return _work(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, name, note)
    return done


SIGN_UP = {"email": "new@halyard.example", "password": PASSWORD, "name": "New"}
NEW_PASSWORD = {"current_password": PASSWORD, "new_password": "lighthouse-at-dusk-31"}
NEW_ADDRESS = {"email": "alice@moreau.example", "current_password": PASSWORD}
NEW_USER = {"email": "new@halyard.example", "name": "New", "username": "new", "password": PASSWORD}
WRONG = {"email": "alice@halyard.example", "password": "wrong"}
UNKNOWN = {"email": "unknown@halyard.example", "password": "wrong"}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/auth/token", WRONG),
        ("POST", "/auth/token", UNKNOWN),
        ("POST", "/auth/signup", SIGN_UP),
        ("POST", "/me/password", NEW_PASSWORD),
        ("PUT", "/me/email", NEW_ADDRESS),
        ("DELETE", "/me/two-factor", {"otp": "000000", "password": "wrong"}),
        ("POST", "/admin/users", NEW_USER),
    ],
)
def test_operations_that_hash_have_their_threads(
    method: str, path: str, body: dict[str, str], root: User, api_for: ApiFor, hashed: list[str]
) -> None:
    root.set_password(PASSWORD)
    root.save()
    enrol(root)
    hashed.clear()

    api_for(root).call(method, path, body)

    assert hashed
    assert needs_hashing(scope_of(method, f"/api/v1{path}"))


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/accounts/login/", {"login": "root@halyard.example", "password": "wrong"}),
        ("/accounts/login/", {"login": "unknown@halyard.example", "password": "wrong"}),
        ("/accounts/signup/", {"email": "new@halyard.example", "password1": PASSWORD, "name": "New"}),
    ],
)
def test_pages_of_strangers_that_hash_have_their_threads(
    path: str, form: dict[str, str], root: User, client: Client, hashed: list[str]
) -> None:
    client.post(path, form)

    assert hashed
    assert needs_hashing(scope_of("POST", path))


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/settings/password/", NEW_PASSWORD),
        ("/settings/address/", NEW_ADDRESS),
        ("/settings/second-factor/removal/", {"otp": "000000", "password": "wrong"}),
        ("/settings/connections/oidc/", {"password": "wrong"}),
        ("/administration/users/new/", NEW_USER | {"role": "user"}),
        ("/admin/accounts/user/add/", NEW_USER | {"password1": PASSWORD, "password2": PASSWORD}),
    ],
)
def test_pages_of_users_that_hash_have_their_threads(
    path: str, form: dict[str, str], root: User, client_for: ClientFor, provider: object, hashed: list[str]
) -> None:
    root.set_password(PASSWORD)
    root.save()
    enrol(root)
    browser = client_for(root)
    hashed.clear()

    browser.post(path, form)

    assert hashed
    assert needs_hashing(scope_of("POST", path))


def test_the_page_of_a_reset_link_has_its_threads(root: User, client: Client, hashed: list[str]) -> None:
    client.post("/accounts/password/reset/", {"email": root.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body).group()
    path = client.get(link).headers["Location"]
    assert not hashed

    client.post(path, {"password1": PASSWORD, "password2": PASSWORD})

    assert hashed
    assert needs_hashing(scope_of("POST", path))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/me/passkeys/registration"),
        ("POST", "/api/v1/me/two-factor/confirm"),
        ("POST", "/settings/second-factor/confirmation/"),
        ("DELETE", "/api/v1/me/passkeys/0190a6d2-7c3e-7000-8000-000000000001"),
        ("POST", "/settings/second-factor/passkeys/0190a6d2-7c3e-7000-8000-000000000001/removal/"),
    ],
)
def test_adding_and_removing_factors_takes_the_password(method: str, path: str) -> None:
    assert needs_hashing(scope_of(method, path))


@pytest.mark.parametrize(
    "path", ["/api/v1/auth/token/refresh", "/accounts/logout/", "/settings/picture/", "/api/v1/me/tokens"]
)
def test_other_requests_do_not_wait_for_hashes(path: str) -> None:
    assert not needs_hashing(scope_of("POST", path))
    assert not needs_hashing(scope_of("GET", "/accounts/login/"))


def test_all_modules_that_hash_are_known_here() -> None:
    """Where this fails, add the page or operation to `HASHING_PATHS` and above."""
    calls = re.compile(r"\b(check_password|make_password|set_password|require_password|reauthenticate_user)\(")
    modules = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "accounts").rglob("*.py")
        if calls.search(re.sub(r"(?m)^\s*def .*$", "", path.read_text()))
    }

    assert modules == {
        "accounts/email_addresses/services.py",
        "accounts/mfa/services/enrolment.py",
        "accounts/mfa/services/factors.py",
        "accounts/models/users.py",
        "accounts/passwords/services.py",
        "accounts/sign_in/services.py",
        "accounts/sign_up/services.py",
        "accounts/users/services/managed_users.py",
    }
