"""A mail that can't be sent keeps nobody from what they came for, and waits."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Invitation, Organisation, User
from lib.jobs import run_due_jobs
from lib.mail.models import StoredMail
from tests.conftest import AfterCommit, ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "dana@elsewhere.example"


@pytest.fixture(autouse=True)
def away(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., Any]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize("verification", ["optional", "mandatory"])
def test_people_sign_up(client: Client, settings: Settings, api_for: ApiFor, verification: str) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    form = {"name": "Erin", "email": "erin@halyard.example", "password1": PASSWORD}

    by_form = client.post("/accounts/signup/", form)
    by_rest = api_for(None).call("POST", "/auth/signup", {"name": "Finn", "email": NEW, "password": PASSWORD})

    assert (by_form.status_code, by_rest.status_code) == (302, 201)
    assert User.objects.filter(email__in=[NEW, form["email"]]).count() == 2


@pytest.mark.parametrize("email", ["dana@halyard.example", "nobody@halyard.example"])
def test_they_ask_for_a_new_password(client: Client, dana: User, email: str) -> None:
    assert client.post("/accounts/password/reset/", {"email": email}).url == "/accounts/password/reset/done/"


def test_they_ask_for_another_address_and_for_the_link_again(
    client_for: ClientFor, dana: User, after_commit: AfterCommit
) -> None:
    browser = client_for(dana)

    with after_commit():
        changed = browser.post("/settings/address/", {"email": NEW, "current_password": PASSWORD})
    with after_commit():
        again = browser.post("/settings/address/verification/")

    assert (changed.url, again.url) == ("/settings/address/", "/settings/address/")
    assert EmailAddress.objects.filter(email=NEW).exists()


def test_at_the_door_they_ask_for_the_link_again(client: Client, settings: Settings, dana: User) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    signed_in = client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD})
    again = client.post("/welcome/verification/")

    assert signed_in.url == again.url == "/accounts/confirm-email/"


def test_they_invite(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        made = api_for(alice).call("POST", "/orgs/halyard/invitations", {"email": NEW})

    assert made.status_code == 201 and Invitation.objects.get().email == NEW
    assert run_due_jobs(queue="mail") == 1
    assert StoredMail.objects.count() == 1, "It waits for the next try."
