"""The second factor in the browser: turning it on and off, and codes that are shown once."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from accounts.mfa.services.enrolment import get_pending_enrolment, get_second_factor_status
from accounts.models import Organisation, RecoveryCode, User
from accounts.organisations.services.organisations import require_second_factor
from tests.accounts.steps import code_of, enrol, labelled_error, read_page, reload_user
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_membership, make_user

pytestmark = pytest.mark.django_db

SECURITY = "/settings/second-factor/"
ENROLMENT = f"{SECURITY}enrolment/"
CONFIRMATION = f"{SECURITY}confirmation/"
RENEWAL = f"{SECURITY}recovery-codes/"
REMOVAL = f"{SECURITY}removal/"


@pytest.fixture
def dana(time_machine: TimeMachineFixture) -> User:
    """A person with a password, at a moment in the middle of a code's half minute."""
    time_machine.move_to("2026-03-01T09:30:10Z", tick=False)
    return make_user("Dana", password=PASSWORD)


@pytest.fixture
def protected(dana: User) -> User:
    """Dana, whose second factor has been on for a while; the secret is kept on her for the test."""
    dana.secret = enrol(dana).secret
    return dana


# --- Turning it on ---------------------------------------------------------------------------------------------------


def test_it_is_turned_on_with_a_code_from_the_app(dana: User, client_for: ClientFor) -> None:
    browser = client_for(dana)
    assert "Every other device and app of yours is signed out" in read_page(browser.get(SECURITY))
    assert browser.post(ENROLMENT).url == CONFIRMATION

    page = browser.get(CONFIRMATION)
    secret = re.search(r'data-copies="(\w+)"', read_page(page)).group(1)
    shown = browser.post(CONFIRMATION, {"otp": code_of(secret)})

    assert "<svg viewBox" in read_page(page) and page.headers["Cache-Control"].count("no-store")
    assert len(_codes(shown)) == 10
    assert get_second_factor_status(reload_user(dana)).enabled
    assert "On since" in read_page(browser.get(SECURITY))


def test_a_wrong_code_keeps_the_page_and_the_secret(dana: User, client_for: ClientFor) -> None:
    browser = client_for(dana)
    browser.post(ENROLMENT)
    secret = get_pending_enrolment(dana).secret

    refused = browser.post(CONFIRMATION, {"otp": "000 00"})

    assert refused.status_code == 422
    assert "Wait for the next one" in labelled_error(refused, "otp")
    assert f'data-copies="{secret}"' in read_page(refused) and 'value="000 00"' in read_page(refused)
    assert browser.post(CONFIRMATION, {"otp": code_of(secret)}).status_code == 200


def test_the_secret_can_be_typed_by_hand(dana: User, client_for: ClientFor) -> None:
    browser = client_for(dana)
    browser.post(ENROLMENT)
    secret = get_pending_enrolment(dana).secret

    assert re.search(r"<code[^>]*>([A-Z2-7]{4}( |<)){8}", read_page(browser.get(CONFIRMATION)))
    assert secret[:4] + " " + secret[4:8] in read_page(browser.get(CONFIRMATION))


def test_this_browser_stays_and_the_others_are_signed_out(dana: User, client_for: ClientFor) -> None:
    here, there = client_for(dana), client_for(dana)
    secret_of_session = here.session.session_key
    here.post(ENROLMENT)

    here.post(CONFIRMATION, {"otp": code_of(get_pending_enrolment(dana).secret)})

    assert here.get(SECURITY).status_code == 200
    assert here.session.session_key != secret_of_session
    assert there.get(SECURITY).url == f"/accounts/login/?next={SECURITY}"


def test_without_having_begun_there_is_nothing_to_confirm(dana: User, client_for: ClientFor) -> None:
    assert client_for(dana).get(CONFIRMATION).url == SECURITY
    assert client_for(dana).post(CONFIRMATION, {"otp": "000000"}).url == SECURITY


def test_what_is_on_is_not_begun_again(protected: User, client_for: ClientFor) -> None:
    assert client_for(protected).post(ENROLMENT).url == SECURITY
    assert get_second_factor_status(reload_user(protected)).enabled


# --- Recovery codes --------------------------------------------------------------------------------------------------


def test_recovery_codes_are_shown_once(dana: User, client_for: ClientFor) -> None:
    browser = client_for(dana)
    browser.post(ENROLMENT)
    answer = {"otp": code_of(get_pending_enrolment(dana).secret)}
    shown = browser.post(CONFIRMATION, answer)
    codes = _codes(shown)

    assert "no-store" in shown.headers["Cache-Control"]
    assert browser.get(CONFIRMATION).url == browser.post(CONFIRMATION, answer).url == SECURITY
    for path in (SECURITY, RENEWAL, REMOVAL):
        page = read_page(browser.get(path))
        assert not [code for code in codes if code in page]


def test_the_file_to_download_is_in_the_page(protected: User, client_for: ClientFor) -> None:
    shown = client_for(protected).post(RENEWAL, {"otp": code_of(protected.secret)})

    file = unquote(re.search(r'href="data:text/plain;charset=utf-8,([^"]*)"', read_page(shown)).group(1))

    assert file.rstrip().split("\n\n")[-1].split() == _codes(shown)
    assert "dana@halyard.example at testserver" in file


def test_new_recovery_codes_take_the_place_of_the_old(protected: User, client_for: ClientFor) -> None:
    browser = client_for(protected)
    RecoveryCode.objects.filter(user=protected).first().delete()
    assert "9 left." in read_page(browser.get(SECURITY))

    wrong = browser.post(RENEWAL, {"otp": "000000"})
    shown = browser.post(RENEWAL, {"otp": code_of(protected.secret)})

    assert labelled_error(wrong, "otp")
    assert len(_codes(shown)) == 10
    assert "10 left." in read_page(browser.get(SECURITY))


@pytest.mark.parametrize(("left", "warning"), [(3, None), (2, "Only 2 recovery codes left"), (0, "No recovery codes")])
def test_few_recovery_codes_are_warned_of(
    protected: User, client_for: ClientFor, left: int, warning: str | None
) -> None:
    used = RecoveryCode.objects.filter(user=protected)[: 10 - left].values_list("pk")
    RecoveryCode.objects.filter(pk__in=list(used.values_list("pk", flat=True))).update(used_at=timezone.now())

    page = read_page(client_for(protected).get(SECURITY))

    assert (warning or f"{left} left.") in page
    assert ("banner--warning" in page) is bool(warning)


# --- Turning it off --------------------------------------------------------------------------------------------------


def test_it_is_turned_off_with_password_and_code(protected: User, client_for: ClientFor) -> None:
    browser = client_for(protected)

    wrong_password = browser.post(REMOVAL, {"password": "no", "otp": code_of(protected.secret)})
    wrong_code = browser.post(REMOVAL, {"password": PASSWORD, "otp": "000000"})
    assert labelled_error(wrong_password, "password") and labelled_error(wrong_code, "otp")
    assert get_second_factor_status(reload_user(protected)).enabled

    assert browser.post(REMOVAL, {"password": PASSWORD, "otp": code_of(protected.secret)}).url == SECURITY
    assert "Set up" in read_page(browser.get(SECURITY))


def test_what_an_organisation_asks_for_is_not_turned_off(
    protected: User, alice: User, halyard: Organisation, client_for: ClientFor
) -> None:
    make_membership(halyard, protected)
    require_second_factor(actor=alice, slug="halyard", required=True)
    browser = client_for(protected)

    page = read_page(browser.get(SECURITY))

    assert "Halyard requires two-factor authentication" in page and REMOVAL not in page
    assert browser.get(REMOVAL).url == SECURITY
    assert browser.post(REMOVAL, {"password": PASSWORD, "otp": code_of(protected.secret)}).url == SECURITY
    assert get_second_factor_status(reload_user(protected)).enabled


@pytest.mark.parametrize("path", [RENEWAL, REMOVAL])
def test_without_one_there_is_nothing_to_renew_or_turn_off(dana: User, client_for: ClientFor, path: str) -> None:
    assert client_for(dana).get(path).url == client_for(dana).post(path).url == SECURITY


# --- The doors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [SECURITY, CONFIRMATION, RENEWAL, REMOVAL])
def test_the_pages_are_for_people_who_are_signed_in(client: Client, path: str) -> None:
    assert client.get(path).url == f"/accounts/login/?next={path}"


def test_nobody_begins_anything_without_signing_in(client: Client) -> None:
    assert client.post(ENROLMENT).url == f"/accounts/login/?next={ENROLMENT}"
    assert client.get(ENROLMENT).status_code == 405


@pytest.mark.parametrize(("path", "queries"), [(SECURITY, 7), (RENEWAL, 6), (REMOVAL, 6)])
def test_the_pages_cost_little(
    protected: User,
    client_for: ClientFor,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    browser = client_for(protected)
    browser.get(path)

    with django_assert_num_queries(queries):
        browser.get(path)


def test_the_page_with_the_secret_costs_little(
    dana: User, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = client_for(dana)
    browser.post(ENROLMENT)
    browser.get(CONFIRMATION)

    with django_assert_num_queries(3):
        browser.get(CONFIRMATION)


def _codes(response: Any) -> list[str]:
    return re.findall(r"<li>([A-Z2-7-]+)</li>", read_page(response))
