"""Signing in over REST, and out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import AccessToken, LoginAttempt, RefreshToken, TokenFamily, User
from accounts.passwords.services import change_password, replace_password
from accounts.tokens.services.families import authenticate_token, issue_tokens
from accounts.users.services.activation import deactivate_user
from tests.accounts.steps import enrol
from tests.conftest import ApiClient, ApiFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(db: None) -> User:
    return make_user("Dana", password=PASSWORD)


def sign_in(api: ApiClient, email: str = "dana@halyard.example", password: str = PASSWORD) -> Any:
    return api.call("POST", "/auth/token", {"email": email, "password": password})


def test_the_password_gets_a_pair_that_opens_the_api(api_for: ApiFor, dana: User) -> None:
    response = sign_in(api_for(None), "DANA@halyard.example")

    tokens = response.json()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_at"].endswith("Z")
    me = api_for(None).call("GET", "/me", Authorization=f"Bearer {tokens['access_token']}")
    assert me.json()["email"] == "dana@halyard.example"


@pytest.mark.parametrize(
    "happens",
    [
        lambda dana: change_password(actor=dana, current_password=PASSWORD, new_password="four slow grey gulls"),
        lambda dana: replace_password(user=dana, password="four slow grey gulls"),
        lambda dana: deactivate_user(actor=make_user("Ruth", role="admin"), user_id=dana.pk),
        enrol,
    ],
    ids=["another password", "a reset", "a lock-out", "a second factor"],
)
def test_what_changes_while_a_password_is_checked_counts(
    api_for: ApiFor,
    dana: User,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[..., Any],
) -> None:
    def check_slowly(user: User, password: str) -> bool:
        happens(User.objects.get(pk=dana.pk))
        return bool(check_at_once(user, password))

    check_at_once = User.check_password
    monkeypatch.setattr(User, "check_password", check_slowly)
    answer = sign_in(api_for(None))

    assert (answer.status_code, TokenFamily.objects.live().count()) == (401, 0)
    assert LoginAttempt.objects.get().outcome == "failure"


def test_wrong_password_and_unknown_address_look_alike(api_for: ApiFor, dana: User) -> None:
    wrong = sign_in(api_for(None), password="not-" + PASSWORD)
    unknown = sign_in(api_for(None), "nobody@halyard.example")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content


def test_wrong_password_and_unknown_address_hash_alike(
    dana: User, api_for: ApiFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = []
    monkeypatch.setattr(User, "check_password", lambda *_: work.append("hash"))
    monkeypatch.setattr("accounts.sign_in.services.simulate_check", lambda *_: work.append("hash"))

    sign_in(api_for(None))
    sign_in(api_for(None), "nobody@halyard.example")

    assert work == ["hash", "hash"]


def test_agents_never_sign_in(api_for: ApiFor, robin: User) -> None:
    assert sign_in(api_for(None), "", "").status_code == 422


def test_every_try_is_recorded(api_for: ApiFor, dana: User) -> None:
    client = api_for(None)
    client.call("POST", "/auth/token", {"email": dana.email, "password": "wrong"}, User_Agent="test")
    sign_in(client, "nobody@halyard.example")
    sign_in(client)

    rows = LoginAttempt.objects.order_by("pk").values_list("email", "user", "method", "outcome", "reason", "ip_address")
    assert list(rows) == [
        ("dana@halyard.example", dana.pk, "token", "failure", "wrong_password", "127.0.0.1"),
        ("nobody@halyard.example", None, "token", "failure", "unknown_email", "127.0.0.1"),
        ("dana@halyard.example", dana.pk, "token", "success", "", "127.0.0.1"),
    ]


def test_no_usable_token_is_stored(dana: User) -> None:
    pair = issue_tokens(user=dana)

    stored = [*AccessToken.objects.values_list("token_hash"), *RefreshToken.objects.values_list("token_hash")]
    assert pair.access_token not in str(stored)
    assert pair.refresh_token not in str(stored)


@pytest.mark.parametrize("token", ["", "x", "atr_unknown", "atrr_unknown", "atr_ä", "Bearer", "atr_" + "x" * 5000])
def test_made_up_tokens_are_refused(api_for: ApiFor, db: None, token: str) -> None:
    me = api_for(None).call("GET", "/me", Authorization=f"Bearer {token}")
    refreshed = api_for(None).call("POST", "/auth/token/refresh", {"refresh_token": token})

    assert me.status_code == 401
    assert me["WWW-Authenticate"].startswith("Bearer")
    assert refreshed.status_code in (401, 422)


def test_a_refresh_token_opens_nothing(api_for: ApiFor, dana: User) -> None:
    token = issue_tokens(user=dana).refresh_token

    assert api_for(None).call("GET", "/me", Authorization=f"Bearer {token}").status_code == 401


def test_tokens_expire(dana: User) -> None:
    pair = issue_tokens(user=dana)
    AccessToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert authenticate_token(pair.access_token) is None


def test_revoking_signs_this_client_out(api_for: ApiFor, dana: User) -> None:
    here, elsewhere = api_for(dana), api_for(dana)

    assert here.call("POST", "/auth/token/revoke").status_code == 204

    assert here.call("GET", "/me").status_code == 401
    assert elsewhere.call("GET", "/me").status_code == 200


def test_a_deactivated_person_is_locked_out_at_once(api_for: ApiFor, dana: User) -> None:
    root = make_user("Root", role="admin")
    api, pair = api_for(dana), issue_tokens(user=dana)

    deactivate_user(actor=root, user_id=dana.pk)

    assert api.call("GET", "/me").status_code == 401
    assert sign_in(api_for(None)).status_code == 401
    assert api.call("POST", "/auth/token/refresh", {"refresh_token": pair.refresh_token}).status_code == 401


def test_an_unverified_address_waits_where_verification_is_mandatory(
    api_for: ApiFor, dana: User, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    assert sign_in(api_for(None)).json()["code"] == "email_unverified"
    assert sign_in(api_for(None), password="wrong").json()["code"] == "bad_credentials"


def test_knowing_a_token_takes_one_query(dana: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    pair = issue_tokens(user=dana)

    with django_assert_num_queries(1):
        identity = authenticate_token(pair.access_token)

    assert (identity.user, identity.family_id) == (dana, TokenFamily.objects.get().pk)
