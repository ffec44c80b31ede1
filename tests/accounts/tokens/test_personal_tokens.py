"""Tokens that people make for scripts of theirs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from time_machine import TimeMachineFixture

from accounts.models import AccessToken, IdempotencyKey, TokenFamily, User
from accounts.passwords.services import change_password
from accounts.tokens.services.issue import authenticate_token
from accounts.tokens.services.personal import MAX_TOKENS, create_token, revoke_token
from accounts.users.services.activation import activate_user, deactivate_user, sign_out_everywhere
from lib.realtime.hub import Event
from lib.web.schemas import to_timestamp
from tests.conftest import ApiClient, ApiFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SCRIPT = {"name": "Deploy script", "scopes": ["account:read"]}


def make(api: ApiClient, **more: Any) -> Any:
    return api.call("POST", "/me/tokens", SCRIPT | more)


def whoami(api_for: Callable[..., Any], token: str) -> Any:
    return api_for(None).call("GET", "/me", Authorization=f"Bearer {token}")


def test_a_token_is_shown_once_and_opens_what_it_is_for(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)

    made = make(api)

    token = made.json()["token"]
    assert made.status_code == 201
    assert token.startswith("atr_pat_") and len(token) > 40
    assert whoami(api_for, token).json()["email"] == alice.email
    [listed] = api.call("GET", "/me/tokens").json()["items"]
    assert listed["id"] == made.json()["id"]
    assert (listed["name"], listed["scopes"], listed["expires_at"]) == ("Deploy script", ["account:read"], None)
    assert token not in str(listed)


def test_it_is_hashed_at_rest(alice: User) -> None:
    made = create_token(actor=alice, **SCRIPT)

    assert made.token not in str([*AccessToken.objects.values_list(), *TokenFamily.objects.values_list()])


def test_it_says_when_it_was_last_used(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)
    made = make(api).json()
    assert made["last_used_at"] is None

    whoami(api_for, made["token"])

    [listed] = api.call("GET", "/me/tokens").json()["items"]
    assert listed["last_used_at"] >= listed["created_at"]


def test_it_ends_when_it_should(api_for: ApiFor, alice: User, time_machine: TimeMachineFixture) -> None:
    api = api_for(alice)
    tomorrow = timezone.now() + timedelta(days=1)
    made = make(api, expires_at=to_timestamp(tomorrow)).json()
    assert made["expires_at"] == to_timestamp(tomorrow)
    assert whoami(api_for, made["token"]).status_code == 200

    time_machine.move_to(tomorrow + timedelta(seconds=1))

    assert whoami(api_for, made["token"]).status_code == 401


def test_revoking_ends_it_at_once(
    api_for: ApiFor,
    alice: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    published: list[Event],
) -> None:
    api = api_for(alice)
    made = make(api).json()

    with django_capture_on_commit_callbacks(execute=True):
        assert api.call("DELETE", f"/me/tokens/{made['id']}").status_code == 204

    assert whoami(api_for, made["token"]).status_code == 401
    assert api.call("GET", "/me/tokens").json()["items"] == []
    assert [(event.topic, event.action, event.argument) for event in published] == [
        (f"token:{made['id']}", "close", "4401")
    ]


def test_others_tokens_are_out_of_reach(api_for: ApiFor, alice: User, bob: User) -> None:
    made = create_token(actor=alice, **SCRIPT)
    stranger = api_for(bob)

    hidden = stranger.call("DELETE", f"/me/tokens/{made.family.pk}")
    missing = stranger.call("DELETE", f"/me/tokens/{uuid4()}")

    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert stranger.call("GET", "/me/tokens").json()["items"] == []
    assert whoami(api_for, made.token).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("DELETE", "/00000000-0000-0000-0000-000000000001")]
)
def test_anonymous_people_are_refused(api_for: ApiFor, db: None, method: str, path: str) -> None:
    assert api_for(None).call(method, f"/me/tokens{path}", SCRIPT if method == "POST" else None).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"scopes": ["account:read"]},
        SCRIPT | {"name": ""},
        SCRIPT | {"name": "\u200b"},
        SCRIPT | {"name": "a\0b"},
        SCRIPT | {"name": "Bell\u0007"},
        SCRIPT | {"name": "x" * 81},
        SCRIPT | {"name": 7},
        SCRIPT | {"scopes": []},
        SCRIPT | {"scopes": "account:read"},
        SCRIPT | {"scopes": ["account"]},
        SCRIPT | {"scopes": ["account:fly"]},
        SCRIPT | {"scopes": ["weather:read"]},
        SCRIPT | {"scopes": ["account:read", "account:read\0"]},
        SCRIPT | {"scopes": ["x" * 61]},
        SCRIPT | {"scopes": [None]},
        SCRIPT | {"scopes": ["account:read"] * 101},
        SCRIPT | {"expires_at": "2001-01-01T00:00:00Z"},
        SCRIPT | {"expires_at": "2101-01-01T00:00:00Z"},
        SCRIPT | {"expires_at": "9999-12-31T23:59:59-12:00"},
        SCRIPT | {"expires_at": "0001-01-01T00:00:00"},
        SCRIPT | {"expires_at": "tomorrow"},
        SCRIPT | {"expires_at": []},
    ],
)
def test_what_makes_no_sense_is_refused(api_for: ApiFor, alice: User, body: Any) -> None:
    answer = api_for(alice).call("POST", "/me/tokens", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][0] == "body"
    assert TokenFamily.objects.filter(kind="personal").count() == 0


def test_names_are_cleaned(alice: User) -> None:
    made = create_token(actor=alice, name=" Deploy\u200b  script ", scopes=["rooms:read"])

    assert made.family.name == "Deploy script"


def test_nobody_has_more_than_fifty(api_for: ApiFor, alice: User, bob: User) -> None:
    ids = [create_token(actor=alice, **SCRIPT).family.pk for _ in range(MAX_TOKENS)]

    refused = make(api_for(alice))

    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_tokens")
    revoke_token(actor=alice, token_id=ids[0])
    assert make(api_for(alice)).status_code == 201
    assert make(api_for(bob)).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_nobody_has_more_when_many_are_made_at_once(api_for: ApiFor, alice: User) -> None:
    for _ in range(MAX_TOKENS - 2):
        create_token(actor=alice, **SCRIPT)
    api = api_for(alice)

    def attempt(_: int) -> int:
        try:
            return make(api).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(attempt, range(8)))

    assert statuses == [201] * 2 + [409] * 6


def test_a_repeated_request_gets_the_first_token(api_for: ApiFor, alice: User) -> None:
    api, key = api_for(alice), {"Idempotency-Key": "make-the-deploy-script"}

    first, second = (api.call("POST", "/me/tokens", SCRIPT, **key) for _ in range(2))

    assert first.json() == second.json()
    assert TokenFamily.objects.filter(kind="personal").count() == 1
    assert first.json()["token"].encode() not in bytes(IdempotencyKey.objects.get().answer)


def test_a_new_password_leaves_it(api_for: ApiFor) -> None:
    dana = make_user("Dana", password=PASSWORD)
    api, token = api_for(dana), create_token(actor=dana, **SCRIPT).token

    change_password(actor=dana, current_password=PASSWORD, new_password="four slow grey gulls")

    assert api.call("GET", "/me").status_code == 401
    assert whoami(api_for, token).status_code == 200


@pytest.mark.parametrize("lock", [deactivate_user, sign_out_everywhere])
def test_locking_somebody_out_ends_theirs_for_good(alice: User, lock: Callable[..., Any]) -> None:
    root = make_user("Root", role="admin")
    token = create_token(actor=alice, **SCRIPT).token

    lock(actor=root, user_id=alice.pk)
    activate_user(actor=root, user_id=alice.pk)

    assert authenticate_token(token) is None


def test_it_is_no_sign_in(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)
    made = make(api).json()

    assert made["id"] not in str(api.call("GET", "/me/sessions").json())
    assert api.call("DELETE", f"/me/sessions/{made['id']}").status_code == 404
    [session] = api.call("GET", "/me/sessions").json()["items"]
    assert api.call("DELETE", f"/me/tokens/{session['id']}").status_code == 404


def test_knowing_it_takes_one_query(alice: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    token = create_token(actor=alice, **SCRIPT).token
    authenticate_token(token)

    with django_assert_num_queries(1):
        identity = authenticate_token(token)

    assert (identity.user, identity.scopes) == (alice, frozenset({"account:read"}))


@pytest.mark.parametrize("more", [0, 8])
def test_the_list_costs_the_same_for_any_number(
    api_for: ApiFor,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    for _ in range(1 + more):
        create_token(actor=alice, **SCRIPT)
    api = api_for(alice)

    with django_assert_num_queries(2):
        assert len(api.call("GET", "/me/tokens").json()["items"]) == 1 + more
