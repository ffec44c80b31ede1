"""A sign-in from a device that somebody hasn't used lately is mailed to them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings
from time_machine import TimeMachineFixture

from accounts.login_attempts.services import record_login_attempt
from accounts.models import User
from lib.mail.models import StoredMail
from tests.conftest import ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEWER_FIREFOX = FIREFOX.replace("140", "141")
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
HOME, NEXT_DOOR, ABROAD = "192.0.2.7", "192.0.2.200", "198.51.100.4"


@pytest.fixture
def by_form(dana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., Any]:
    def sign_in(address: str = HOME, device: str = FIREFOX, password: str = PASSWORD) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return Client().post(
                "/accounts/login/",
                {"login": dana.email, "password": password},
                REMOTE_ADDR=address,
                HTTP_USER_AGENT=device,
            )

    return sign_in


@pytest.fixture
def by_rest(dana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., Any]:
    def sign_in(address: str = HOME, device: str = FIREFOX, password: str = PASSWORD) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return Client().post(
                "/api/v1/auth/token",
                {"email": dana.email, "password": password},
                "application/json",
                REMOTE_ADDR=address,
                HTTP_USER_AGENT=device,
            )

    return sign_in


@pytest.fixture(params=["by_form", "by_rest"])
def sign_in(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return request.getfixturevalue(request.param)


def test_the_very_first_sign_in_is_no_news(sign_in: Callable[..., Any]) -> None:
    sign_in()

    assert mail.outbox == []


@pytest.mark.parametrize(("address", "device"), [(ABROAD, FIREFOX), (HOME, SAFARI)])
def test_another_network_or_browser_is_news(sign_in: Callable[..., Any], dana: User, address: str, device: str) -> None:
    sign_in()
    sign_in(address, device)

    [message] = mail.outbox
    assert (message.to, message.subject) == ([dana.email], "A new device signed in as you")
    assert address in message.body
    assert ("iPhone" if device == SAFARI else "Firefox on Linux") in message.body
    assert "http://testserver/settings/sessions/" in message.body
    assert "http://testserver/settings/password/" in message.body


@pytest.mark.parametrize(("address", "device"), [(HOME, FIREFOX), (NEXT_DOOR, FIREFOX), (HOME, NEWER_FIREFOX)])
def test_a_known_device_is_no_news(sign_in: Callable[..., Any], address: str, device: str) -> None:
    sign_in()
    sign_in(address, device)

    assert mail.outbox == []


def test_it_is_told_once(sign_in: Callable[..., Any]) -> None:
    for address in (HOME, ABROAD, ABROAD, HOME):
        sign_in(address)

    assert len(mail.outbox) == 1


def test_a_failed_try_is_no_news_and_makes_no_device_known(sign_in: Callable[..., Any]) -> None:
    sign_in()
    sign_in(ABROAD, password="wrong")
    assert mail.outbox == []

    sign_in(ABROAD)
    assert len(mail.outbox) == 1


def test_what_was_known_90_days_ago_is_news_again(
    sign_in: Callable[..., Any], time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z")
    sign_in()
    time_machine.move_to("2026-06-15T09:30:00Z")
    sign_in()

    assert len(mail.outbox) == 1


def test_a_mail_server_that_fails_does_not_stop_a_sign_in(sign_in: Callable[..., Any], settings: Settings) -> None:
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    sign_in()

    assert sign_in(ABROAD).status_code in (200, 302)
    assert StoredMail.objects.count() == 1, "It waits."


def test_a_known_device_costs_one_query(dana: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    def keep() -> None:
        record_login_attempt(user=dana, email=dana.email, method="password", ip_address=HOME, user_agent=FIREFOX)

    keep()
    with django_assert_num_queries(2):
        keep()


def test_a_new_password_is_mailed(
    client_for: ClientFor, dana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    form = {"current_password": PASSWORD, "new_password": "four slow grey gulls"}

    with django_capture_on_commit_callbacks(execute=True):
        client_for(dana).post("/settings/password/", form)

    [message] = mail.outbox
    assert (message.to, message.subject) == ([dana.email], "Your password was changed")
    assert "http://testserver/accounts/password/reset/" in message.body
