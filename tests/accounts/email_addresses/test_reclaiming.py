"""Whoever signs up with somebody else's address keeps nothing once its owner comes."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.email_addresses.services import change_address
from accounts.models import User
from accounts.tokens.services.personal import create_token
from tests.accounts.steps import connected
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD, make_email_address, make_user
from tests.provider import LiveProvider

pytestmark = pytest.mark.django_db

GOOD = "four slow grey gulls"
EVIL = "mallory@elsewhere.example"


@pytest.fixture(autouse=True)
def unthrottled(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False


@pytest.fixture
def dana(db: None) -> User:
    """What a stranger made with Dana's address."""
    dana = make_user("Dana", password=PASSWORD)
    make_email_address(dana)
    return dana


def reset(address: str) -> Any:
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": address})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body).group(1)
    form = browser.get(link).url
    return browser.post(form, {"password1": GOOD, "password2": GOOD})


def status_with(token: str) -> int:
    return Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/me").status_code


def test_an_address_that_was_asked_for_before_the_reset_is_no_way_back(dana: User) -> None:
    change_address(actor=dana, email=EVIL, current_password=PASSWORD, origin="http://testserver")
    key = EmailConfirmationHMAC(EmailAddress.objects.get(email=EVIL)).key

    reset(dana.email)
    Client().post(reverse("account_confirm_email", args=[key]))

    dana.refresh_from_db()
    assert dana.email == "dana@halyard.example"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(dana.email, True, True)]


def test_the_first_reset_proves_the_address(dana: User) -> None:
    reset(dana.email)

    assert User.objects.get().email_verified_at is not None


def test_the_first_proof_signs_out_everywhere(dana: User, client_for: ClientFor, api_for: ApiFor) -> None:
    browser, api = client_for(dana), api_for(dana)

    reset(dana.email)

    assert browser.get("/settings/").status_code == 302
    assert api.call("GET", "/me").status_code == 401


@pytest.mark.parametrize(("proved", "status"), [(False, 401), (True, 200)])
def test_personal_tokens_end_with_the_first_proof_alone(dana: User, proved: bool, status: int) -> None:
    if proved:
        EmailAddress.objects.update(verified=True)
        User.objects.filter(pk=dana.pk).update(email_verified_at=timezone.now())
    token = create_token(actor=dana, name="Mine", scopes=["account:read"]).token

    reset(dana.email)

    assert status_with(token) == status


@pytest.mark.parametrize(("proved", "left"), [(False, 0), (True, 1)])
def test_connected_accounts_end_with_the_first_proof_alone(
    dana: User, proved: bool, left: int, provider: LiveProvider
) -> None:
    """Until then, a stranger may have connected theirs."""
    if proved:
        EmailAddress.objects.update(verified=True)
        User.objects.filter(pk=dana.pk).update(email_verified_at=timezone.now())
    connected(dana, "mallory")

    reset(dana.email)

    assert SocialAccount.objects.count() == left
