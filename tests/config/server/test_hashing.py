"""Requests that hash a password have threads of their own, and those that are too many are answered at once."""

import asyncio
import re
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client

from accounts.models import User
from config.server import hashing
from config.server.handler import PooledHandler
from config.server.hashing import needs_hashing
from lib.db.threads import thread_pool
from lib.web.errors import ServerBusy
from tests.accounts.steps import enrol
from tests.config.server.steps import fill, scope_of
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD

ROOT = Path(__file__).resolve().parents[3]


def ask_while_busy(held: threading.Event, scope: dict[str, Any]) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body that a request gets while as many hashes wait as may."""

    async def run() -> list[Any]:
        handler, sent = PooledHandler(), []
        for n in range(hashing.MAX_REQUESTS):
            await fill(handler.hashing, held, f"198.18.{n}.1", 1)

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
