"""Each operation asks personal tokens for a scope of its own, and takes no less."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import TokenFamily, User
from accounts.scopes import LEVELS, UNDECLARED, clean_scopes, determine_scope, includes_scope, list_scopes
from accounts.tokens.services.personal import create_token
from tests.conftest import ApiFor
from tests.prepared import openapi_schema

pytestmark = pytest.mark.django_db

SCHEMA = openapi_schema()
SECURED = {
    f"{method.upper()} {path}": operation["security"][0]["BearerAuth"]
    for path, methods in SCHEMA["paths"].items()
    # Those of uploads are beside Django: tests/assets/uploads asks them.
    if not path.startswith("/api/v1/uploads")
    for method, operation in methods.items()
    if operation.get("security")
}
SCOPED = {operation: scope for operation, [scope] in ((name, found) for name, found in SECURED.items() if found)}
LOCKED = [operation for operation, scopes in SECURED.items() if not scopes]


@pytest.fixture
def knock(api_for: ApiFor, alice: User) -> Callable[..., Any]:
    """Ask for an operation with a personal token of some scopes; what is the answer's status and code?"""

    def ask(operation: str, scopes: list[Any]) -> tuple[Any, ...]:
        made = create_token(actor=alice, name="Script", scopes=["account:read"])
        TokenFamily.objects.filter(pk=made.family.pk).update(scopes=scopes)
        method, path = operation.split()
        address = re.sub(r"{[^}]*_id}", lambda _: str(uuid4()), path).replace("{slug}", "halyard")
        address = re.sub(r"{[^}]*}", "nothing", address).removeprefix("/api/v1")
        answer = api_for(None).call(method, address, {}, Authorization=f"Bearer {made.token}")
        return answer.status_code, answer.json().get("code") if answer.content else None

    return ask


def test_no_operation_is_without_an_area() -> None:
    assert UNDECLARED not in SCOPED.values()
    assert set(SCOPED.values()) <= set(list_scopes())
    assert determine_scope(path="/weather", methods=["GET"], tags=["weather"], operation=print) == UNDECLARED


@pytest.mark.parametrize("operation", SECURED)
def test_a_token_without_scopes_may_do_nothing(knock: Callable[..., Any], operation: str) -> None:
    assert knock(operation, [])[0] == 403


@pytest.mark.parametrize(("operation", "scope"), SCOPED.items())
def test_a_token_may_do_what_its_scope_says_and_nothing_above(
    knock: Callable[..., Any], operation: str, scope: str
) -> None:
    area, level = scope.split(":")
    others = [each for each in list_scopes() if not each.startswith(f"{area}:")]
    below = [f"{area}:{lower}" for lower in LEVELS[: LEVELS.index(level)]]

    assert knock(operation, others + below) == (403, "scope_missing")
    assert knock(operation, [scope])[1] != "scope_missing"
    assert knock(operation, [f"{area}:admin"])[1] != "scope_missing"


@pytest.mark.parametrize("operation", LOCKED)
def test_no_token_may_do_what_only_its_owner_may(knock: Callable[..., Any], operation: str) -> None:
    assert knock(operation, list_scopes()) == (403, "sign_in_needed")


def test_what_only_the_owner_may_do() -> None:
    assert {
        "POST /api/v1/me/tokens",
        "DELETE /api/v1/me/tokens/{token_id}",
        "POST /api/v1/me/password",
        "DELETE /api/v1/me/sessions/{session_id}",
        "POST /api/v1/auth/token/revoke",
    } <= set(LOCKED)


@pytest.mark.parametrize(
    ("operation", "scope"),
    [
        ("GET /api/v1/me", "account:read"),
        ("PATCH /api/v1/me", "account:write"),
        ("GET /api/v1/orgs/{slug}/members", "organisations:read"),
        ("POST /api/v1/orgs", "organisations:write"),
        ("DELETE /api/v1/orgs/{slug}", "organisations:admin"),
        ("DELETE /api/v1/orgs/{slug}/members/{user_id}", "organisations:admin"),
        # A link lets in whoever has it.
        ("GET /api/v1/orgs/{slug}/invitations", "organisations:admin"),
        ("POST /api/v1/orgs/{slug}/rooms", "rooms:write"),
        ("DELETE /api/v1/rooms/{room_id}", "rooms:admin"),
        ("GET /api/v1/rooms/{room_id}/messages", "messages:read"),
        ("POST /api/v1/rooms/{room_id}/messages", "messages:write"),
    ],
)
def test_what_operations_ask_for(operation: str, scope: str) -> None:
    assert SCOPED[operation] == scope


def test_the_refusal_names_the_scope(api_for: ApiFor, alice: User) -> None:
    token = create_token(actor=alice, name="Script", scopes=["rooms:read"]).token

    answer = api_for(None).call("GET", "/me", Authorization=f"Bearer {token}")

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert "account:read" in answer.json()["detail"]
    assert 'scope="account:read"' in answer["WWW-Authenticate"]


def test_an_idempotency_key_opens_nothing_to_a_token(api_for: ApiFor, alice: User) -> None:
    """The first answer is kept for its asker, and not for every token of theirs."""
    asked = {"Idempotency-Key": "once"}
    token = create_token(actor=alice, name="Script", scopes=["organisations:read"]).token
    assert api_for(alice).call("POST", "/orgs", {"name": "Harbour"}, **asked).status_code == 201

    answer = api_for(None).call("POST", "/orgs", {"name": "Harbour"}, **asked, Authorization=f"Bearer {token}")

    assert answer.status_code == 403


def test_a_sign_in_may_do_all_its_owner_may() -> None:
    assert includes_scope(None, "rooms:admin")
    assert not includes_scope(frozenset(), "rooms:read")
    assert not includes_scope(frozenset(list_scopes()), UNDECLARED)


def test_scopes_are_kept_once_and_in_order() -> None:
    assert clean_scopes(["messages:read", "account:read", "messages:read"]) == ["account:read", "messages:read"]


def test_the_document_lists_the_scopes() -> None:
    words = SCHEMA["components"]["securitySchemes"]["BearerAuth"]["description"]

    assert "`messages:write`" in words and "scope_missing" in words
