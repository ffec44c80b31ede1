"""Whatever goes wrong under /api/ is answered as a problem, and nothing that is sent breaks the server."""

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.models import Organisation, User
from accounts.profiles.services import profile
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    body = response.json()
    assert response.status_code == body["status"] == status
    assert response["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code"} <= body.keys()
    assert "Traceback" not in response.content.decode()
    return body


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "/", "", "/orgs/", "/orgs/a/b/c", "/../admin"])
def test_unknown_paths_are_problems(api_for: ApiFor, alice: User, method: str, path: str) -> None:
    assert_problem(api_for(alice).call(method, path), 404)


def test_unknown_paths_are_problems_for_nobody_too(api_for: ApiFor, client: Client) -> None:
    assert_problem(api_for(None).call("POST", "/nowhere"), 404)
    assert_problem(client.get("/api/v2/orgs"), 404)


@pytest.mark.parametrize(("method", "path"), [("PUT", "/me"), ("POST", "/health"), ("DELETE", "/openapi.json")])
def test_a_wrong_method_is_a_problem_that_names_the_right_ones(
    api_for: ApiFor, alice: User, method: str, path: str
) -> None:
    response = api_for(alice).call(method, path)

    assert assert_problem(response, 405)["code"] == "method_not_allowed"
    assert "GET" in response["Allow"]


def test_head_is_get_without_a_body(client: Client) -> None:
    response = client.head("/api/v1/health")

    assert (response.status_code, response.content) == (200, b"")


def test_nobody_is_told_to_sign_in(api_for: ApiFor) -> None:
    assert_problem(api_for(None).call("GET", "/orgs"), 401)


def test_a_body_above_a_megabyte_is_too_large(api_for: ApiFor, alice: User) -> None:
    response = api_for(alice).call("PATCH", "/me", {"name": "x" * 2_000_000})

    assert_problem(response, 413)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"not json",
        b"\xff\xfe",
        b"1e999",
        b'{"name": "\\ud800"}',
        b'{"name": "a\\u0000b"}',
        b'{"metadata": {"a\\u0000b": 1}}',
        b'{"metadata": {"deep": [["\\u0000"]]}}',
        b'{"name": NaN}',
        b'{"name": {"$ne": 1}}',
        b"[" * 100_000,
        b'{"metadata":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}",
        b'{"metadata": {"infinite": 1e999}}',
        b'{"metadata": {"huge": ' + b"9" * 5000 + b"}}",
    ],
    ids=lambda body: body[:24].decode(errors="replace"),
)
def test_broken_bodies_are_invalid(api_for: ApiFor, alice: User, body: bytes) -> None:
    api = api_for(alice)

    response = api.generic("PATCH", "/api/v1/me", body, content_type="application/json")

    assert response.status_code in (200, 422)
    if response.status_code == 422:
        assert assert_problem(response, 422)["errors"]


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"7"])
def test_a_body_that_is_no_object_changes_nothing(
    api_for: ApiFor, alice: User, halyard: Organisation, body: bytes
) -> None:
    answer = api_for(alice).generic("POST", "/api/v1/orgs/halyard/invitations", body, content_type="application/json")

    assert assert_problem(answer, 422)["errors"][0]["loc"] == ["body"]
    assert not halyard.invitations.exists()


def test_text_that_only_spells_nul_is_fine(api_for: ApiFor, alice: User) -> None:
    assert api_for(alice).call("PATCH", "/me", {"name": "\\u0000"}).json()["name"] == "\\u0000"


@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**63, 10**20, 1.5, True])
@pytest.mark.parametrize("field", ["name", "username", "theme", "metadata"])
def test_numbers_where_text_belongs_are_invalid(api_for: ApiFor, alice: User, field: str, number: float | int) -> None:
    body = json.dumps({field: number})

    assert_problem(api_for(alice).generic("PATCH", "/api/v1/me", body, content_type="application/json"), 422)


@pytest.mark.parametrize("text", ["💥" * 80, "'; DROP TABLE", "<script>alert(1)</script>", "é" * 80])
def test_strange_names_are_names(api_for: ApiFor, alice: User, text: str) -> None:
    assert api_for(alice).call("PATCH", "/me", {"name": text}).json()["name"] == text


@pytest.mark.parametrize("path", ["/orgs/a%00b", "/orgs/a%00b/rooms", "/invitations/%00", "/orgs/%00?cursor=%00"])
def test_nul_in_an_address_is_nothing(api_for: ApiFor, alice: User, path: str) -> None:
    assert_problem(api_for(alice).call("GET", path), 404)


def test_an_error_in_our_code_is_a_problem_without_details(
    api_for: ApiFor, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(profile, "update_profile", fail)
    api = api_for(alice)
    api.raise_request_exception = False

    response = api.call("PATCH", "/me", {"theme": "dark"})

    assert assert_problem(response, 500)["code"] == "internal_error"
    assert "secret" not in response.content.decode()


def test_a_database_that_does_not_answer_asks_to_come_back(
    api_for: ApiFor, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(profile, "update_profile", fail)

    response = api_for(alice).call("PATCH", "/me", {"theme": "dark"})

    assert_problem(response, 503)
    assert response["Retry-After"] == "1"


def test_an_error_before_the_api_is_a_problem_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", lambda *_: 1 / 0)
    client.raise_request_exception = False

    assert_problem(client.get("/api/v1/health"), 500)


def test_an_unknown_host_is_a_problem(client: Client) -> None:
    assert_problem(client.get("/api/v1/health", headers={"Host": "evil.example"}), 400)
