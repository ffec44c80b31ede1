"""What comes by odd ways is understood: other schemes, byte order marks, redirected posts."""

import logging
from base64 import b64encode
from typing import Any

import orjson
import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from chat.models import Room
from tests.conftest import ApiFor, ClientFor

BASIC = f"Basic {b64encode(b'proxy:swordfish').decode()}"
SCHEMES = [BASIC, "Negotiate YII=", "basic", "Digest username=proxy", "Bearerish x", "x"]


@pytest.mark.parametrize("header", SCHEMES)
def test_another_scheme_is_that_of_a_proxy(
    alice: User,
    room: Room,
    client_for: ClientFor,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    header: str,
) -> None:
    settings.DEBUG = True
    caplog.set_level(logging.DEBUG)
    client = client_for(alice)

    posted = client.post(
        f"/api/v1/rooms/{room.pk}/messages",
        {"content": "Tea?"},
        "application/json",
        headers={"Authorization": header, "Idempotency-Key": "a-key-of-a-proxy"},
    )
    edited = client.patch(
        f"/api/v1/messages/{posted.json()['id']}",
        {"content": "Coffee?"},
        "application/json",
        headers={"Authorization": header},
    )

    assert (posted.status_code, edited.status_code) == (201, 200)
    assert Client().get("/api/v1/me", headers={"Authorization": header}).status_code == 401
    assert header not in caplog.text and "swordfish" not in caplog.text


@pytest.mark.parametrize("header", ["Bearer made-up", "bearer made-up", "Bearer", "BEARER "])
def test_a_wrong_token_is_refused_beside_a_session(alice: User, client_for: ClientFor, header: str) -> None:
    answer = client_for(alice).get("/api/v1/me", headers={"Authorization": header})

    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")


def test_a_session_still_needs_its_csrf_token(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="accounts.backends.AuthenticationBackend")

    answer = client.patch("/api/v1/me", {"name": "Eve"}, "application/json", headers={"Authorization": BASIC})

    assert answer.status_code == 403


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_json_may_begin_with_a_byte_order_mark(alice: User, api_for: ApiFor, mark: bytes) -> None:
    answer = api_for(alice).patch("/api/v1/me", mark + orjson.dumps({"name": "Alicia"}), "application/json")

    assert (answer.status_code, answer.json()["name"]) == (200, "Alicia")


@pytest.mark.parametrize("path", ["/api/v1/auth/token", "/accounts/login/", "/api/v1/nothing", "/nothing/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_comes_by_http_is_not_repeated_as_a_get(db: None, settings: Settings, path: str, method: str) -> None:
    settings.SECURE_SSL_REDIRECT = True

    answer: Any = Client().generic(method, path, "{}", "application/json")

    assert (answer.status_code, answer["Location"]) == (308, f"https://testserver{path}")
    assert Client().get(path).status_code == 301


def test_neither_is_what_lacks_a_slash(db: None) -> None:
    answer = Client().post("/accounts/login?next=/", {"login": "x"})

    assert (answer.status_code, answer["Location"]) == (308, "/accounts/login/?next=/")
