"""The page that asks for the code of a second factor, on the way in."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.passwords.services import change_password
from accounts.session_store import SessionStore
from tests.accounts.steps import (
    CODE,
    Enrolled,
    attempts_kept,
    by_password,
    code_of,
    is_outside,
    labelled_error,
    wrong_code,
)
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_sign_ins")]


def test_the_page_asks_for_a_code_and_fills_in_from_messages(client: Client, dana: User, app: Enrolled) -> None:
    by_password(client, dana)

    page = client.get(CODE)

    field = re.search(r'<input[^>]*name="otp"[^>]*>', page.content.decode()).group()
    assert 'autocomplete="one-time-code"' in field
    assert 'inputmode="numeric"' in field
    assert "no-store" in page["Cache-Control"]
    assert 'inputmode="numeric"' not in client.get(f"{CODE}?recovery").content.decode()


@pytest.mark.parametrize("otp", ["", "12345", "not a code", "\0", "9" * 100])
def test_a_wrong_code_keeps_the_page(otp: str, client: Client, dana: User, app: Enrolled) -> None:
    by_password(client, dana)

    answer = client.post(CODE, {"otp": otp})

    assert answer.status_code == 422
    assert labelled_error(answer, "otp")
    assert is_outside(client)
    assert client.post(CODE, {"otp": code_of(app.secret)}).status_code == 302


def test_nobody_waits_for_a_code_who_has_not_shown_who_they_are(client: Client, dana: User, app: Enrolled) -> None:
    assert client.get(CODE)["Location"] == "/accounts/login/"
    assert client.post(CODE, {"otp": code_of(app.secret)})["Location"] == "/accounts/login/"
    assert client.post(f"{CODE}start-again/")["Location"] == "/accounts/login/"


def test_starting_again_forgets_who_it_was(client: Client, dana: User, app: Enrolled) -> None:
    by_password(client, dana)

    assert client.post(f"{CODE}start-again/")["Location"] == "/accounts/login/"

    assert client.post(CODE, {"otp": code_of(app.secret)})["Location"] == "/accounts/login/"
    assert is_outside(client)


@pytest.mark.parametrize("change", ["password", "locked out", "gone"])
def test_a_sign_in_that_waits_ends_with_its_first_proof(change: str, client: Client, dana: User, app: Enrolled) -> None:
    by_password(client, dana)
    if change == "password":
        change_password(actor=dana, current_password=PASSWORD, new_password="lighthouse-at-dusk-31")
    elif change == "gone":
        dana.delete()
    else:
        User.objects.filter(pk=dana.pk).update(is_active=False)

    assert client.post(CODE, {"otp": code_of(app.secret)})["Location"] == "/accounts/login/"
    assert is_outside(client)


@pytest.mark.parametrize(("remember", "kept"), [({"remember": "on"}, True), ({}, False)])
def test_staying_signed_in_is_kept_through_the_code(
    remember: dict[str, Any], kept: bool, client: Client, dana: User, app: Enrolled
) -> None:
    by_password(client, dana, **remember)

    client.post(CODE, {"otp": code_of(app.secret)})

    assert bool(client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]) is kept


def test_the_code_rotates_the_session_and_leads_where_they_were_going(
    client: Client, dana: User, app: Enrolled
) -> None:
    by_password(client, dana, next="/settings/appearance/")
    before = client.session.session_key

    answer = client.post(CODE, {"otp": code_of(app.secret)})

    assert answer["Location"] == "/settings/appearance/"
    assert client.session.session_key != before
    assert not SessionStore().exists(before)


def test_code_steps_are_kept_in_the_browser(client: Client, dana: User, app: Enrolled) -> None:
    by_password(client, dana)
    client.post(CODE, {"otp": wrong_code(app.secret)})
    client.post(CODE, {"otp": code_of(app.secret)})
    by_password(Client(), dana)

    assert attempts_kept() == [
        ("password", "failure", "otp_required"),
        ("second_factor", "failure", "otp_invalid"),
        ("second_factor", "success", ""),
        ("password", "failure", "otp_required"),
    ]


def test_a_recovery_code_is_kept_as_such(client: Client, dana: User, app: Enrolled) -> None:
    by_password(client, dana)
    client.post(CODE, {"otp": app.recovery_codes[0]})

    assert attempts_kept()[-1] == ("recovery_code", "success", "")
