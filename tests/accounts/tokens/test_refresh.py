"""Trading refresh tokens: once, but for tabs that wake up together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import LoginAttempt, RefreshToken, TokenFamily, User
from accounts.tokens.services.issue import authenticate_token, issue_tokens
from accounts.tokens.services.refresh import REUSE_GRACE
from tests.conftest import ApiFor
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LATER = REUSE_GRACE + timedelta(seconds=1)


@pytest.fixture
def dana(db: None) -> User:
    return make_user("Dana")


@pytest.fixture
def refresh(api_for: ApiFor) -> Callable[..., Any]:
    def ask(token: str, ip_address: str = "192.0.2.7", user_agent: str = "curl/8") -> Any:
        client = api_for(None)
        client.defaults |= {"REMOTE_ADDR": ip_address, "HTTP_USER_AGENT": user_agent}
        return client.call("POST", "/auth/token/refresh", {"refresh_token": token})

    return ask


def forget_grace() -> None:
    RefreshToken.objects.exclude(used_at=None).update(used_at=timezone.now() - LATER)


def outcome(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code")


def test_a_refresh_token_is_traded_for_a_new_pair(refresh: Callable[..., Any], dana: User) -> None:
    old = issue_tokens(user=dana)

    new = refresh(old.refresh_token).json()

    assert new["refresh_token"] != old.refresh_token
    assert authenticate_token(new["access_token"]).user == dana


def test_within_the_grace_its_client_gets_another_pair(refresh: Callable[..., Any], dana: User) -> None:
    old = issue_tokens(user=dana)

    pairs = [refresh(old.refresh_token).json() for _ in range(3)]

    assert len({pair["refresh_token"] for pair in pairs}) == 3
    assert all(authenticate_token(pair["access_token"]) for pair in pairs)
    assert refresh(pairs[0]["refresh_token"]).status_code == 200
    assert not LoginAttempt.objects.exists() and mail.outbox == []


@pytest.mark.parametrize("elsewhere", [{"ip_address": "198.51.100.9"}, {"user_agent": "wget/1"}])
def test_from_elsewhere_there_is_no_grace(refresh: Callable[..., Any], dana: User, elsewhere: dict[str, str]) -> None:
    old = issue_tokens(user=dana)
    new = refresh(old.refresh_token).json()

    assert outcome(refresh(old.refresh_token, **elsewhere)) == (401, "token_replayed")

    assert authenticate_token(new["access_token"]) is None
    assert outcome(refresh(old.refresh_token)) == (401, "token_invalid")


def test_addresses_of_one_network_are_one_client(refresh: Callable[..., Any], dana: User) -> None:
    old = issue_tokens(user=dana)

    assert refresh(old.refresh_token, ip_address="2001:db8::1").status_code == 200
    assert refresh(old.refresh_token, ip_address="2001:db8::2").status_code == 200
    assert refresh(old.refresh_token, ip_address="2001:db8:1::1").status_code == 401


def test_after_the_grace_a_replay_ends_the_family_alone(refresh: Callable[..., Any], dana: User) -> None:
    old, elsewhere = issue_tokens(user=dana), issue_tokens(user=dana)
    new = refresh(old.refresh_token).json()
    forget_grace()

    assert outcome(refresh(old.refresh_token)) == (401, "token_replayed")

    assert authenticate_token(new["access_token"]) is None
    assert refresh(new["refresh_token"]).status_code == 401
    assert authenticate_token(elsewhere.access_token).user == dana


def test_a_replay_is_recorded_and_its_owner_is_told_once(
    refresh: Callable[..., Any], dana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old = issue_tokens(user=dana)
    refresh(old.refresh_token)
    forget_grace()

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            refresh(old.refresh_token, ip_address="198.51.100.9", user_agent="Mozilla/5.0 (X11; Linux) Firefox/140.0")

    [attempt] = LoginAttempt.objects.all()
    assert (attempt.user, attempt.reason, attempt.ip_address) == (dana, "token_replayed", "198.51.100.9")
    [message] = mail.outbox
    assert message.to == [dana.email]
    assert message.subject == "Somebody used an old key to your account"
    assert "Firefox on Linux" in message.body and "198.51.100.9" in message.body


@pytest.mark.django_db(transaction=True)
def test_twenty_tabs_at_once_all_get_through_and_none_after_the_grace(refresh: Callable[..., Any], dana: User) -> None:
    old = issue_tokens(user=dana)

    def wake_up(_: int) -> Any:
        try:
            return refresh(old.refresh_token)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(wake_up, range(20)))

    assert [answer.status_code for answer in answers] == [200] * 20
    assert TokenFamily.objects.get().revoked_at is None
    forget_grace()
    assert outcome(refresh(old.refresh_token)) == (401, "token_replayed")
    assert not any(authenticate_token(answer.json()["access_token"]) for answer in answers)


def test_an_expired_or_made_up_token_is_no_replay(refresh: Callable[..., Any], dana: User) -> None:
    old = issue_tokens(user=dana)
    RefreshToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert outcome(refresh(old.refresh_token)) == outcome(refresh("atrr_unknown")) == (401, "token_invalid")
    assert TokenFamily.objects.get().revoked_at is None
