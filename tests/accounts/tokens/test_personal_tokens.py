"""Tokens that people make_token for scripts of theirs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from time_machine import TimeMachineFixture

from accounts.models import AccessToken, IdempotencyKey, TokenFamily, User
from accounts.passwords.services import change_password
from accounts.tokens.services.families import authenticate_token
from accounts.tokens.services.personal import create_token
from accounts.users.services.activation import activate_user, deactivate_user, sign_out_everywhere
from lib.realtime.hub import Event
from lib.web.schemas import to_timestamp
from tests.accounts.tokens.making import SCRIPT, make_token
from tests.conftest import ApiFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def whoami(api_for: Callable[..., Any], token: str) -> Any:
    return api_for(None).call("GET", "/me", Authorization=f"Bearer {token}")


def test_a_token_is_shown_once_and_opens_what_it_is_for(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)

    made = make_token(api)

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
    made = make_token(api).json()
    assert made["last_used_at"] is None

    whoami(api_for, made["token"])

    [listed] = api.call("GET", "/me/tokens").json()["items"]
    assert listed["last_used_at"] >= listed["created_at"]


def test_it_ends_when_it_should(api_for: ApiFor, alice: User, time_machine: TimeMachineFixture) -> None:
    api = api_for(alice)
    tomorrow = timezone.now() + timedelta(days=1)
    made = make_token(api, expires_at=to_timestamp(tomorrow)).json()
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
    made = make_token(api).json()

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
    made = make_token(api).json()

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
