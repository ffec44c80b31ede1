"""An address is the same account at every door, in whatever Unicode form a keyboard or a provider sends it."""

import io
import re
import unicodedata
from unittest.mock import patch

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from accounts.organisations.services.invitations import accept_invitation, create_invitation, invite_addresses
from accounts.social.sign_in import resolve_login
from lib.text.email_addresses import normalize_address
from tests.accounts.steps import confirmation_link
from tests.conftest import AfterCommit, ApiFor, ClientFor
from tests.factories import PASSWORD, make_email_address, make_user

pytestmark = pytest.mark.django_db

STORED = "post@bücher.example"
FORMS = {
    "decomposed": unicodedata.normalize("NFD", STORED),
    "decomposed in capitals": unicodedata.normalize("NFD", STORED).upper(),
    "fullwidth": "post@ｂüｃｈｅｒ.example",
    "with blanks": f" {unicodedata.normalize('NFD', STORED)}\u3000",
}
in_each_form = pytest.mark.parametrize("typed", FORMS.values(), ids=FORMS)


@pytest.fixture(autouse=True)
def unthrottled(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False


@pytest.fixture
def dana() -> User:
    dana = make_user("Dana", email=STORED, password=PASSWORD)
    make_email_address(dana)
    return dana


@in_each_form
def test_they_are_one_address_and_stay_it(typed: str) -> None:
    assert unicodedata.is_normalized("NFC", STORED)
    assert normalize_address(typed) == normalize_address(normalize_address(typed)) == STORED


@in_each_form
def test_signing_up_stores_the_one_form(client: Client, api_for: ApiFor, typed: str) -> None:
    client.post("/accounts/signup/", {"email": typed, "name": "Dana", "password1": PASSWORD})
    assert User.objects.get().email == STORED

    body = {"email": typed, "name": "Dana", "password": PASSWORD}
    assert api_for(None).call("POST", "/auth/signup", body).status_code == 409
    assert "already" in Client().post("/accounts/signup/", body | {"password1": PASSWORD}).content.decode()
    assert User.objects.count() == 1


@in_each_form
def test_signing_in_finds_the_account(client: Client, api_for: ApiFor, dana: User, typed: str) -> None:
    body = {"email": typed, "password": PASSWORD}

    assert client.post("/accounts/login/", {"login": typed, "password": PASSWORD}).status_code == 302
    assert api_for(None).call("POST", "/auth/token", body).status_code == 200


@in_each_form
def test_resetting_the_password_mails_the_account(client: Client, dana: User, typed: str) -> None:
    client.post("/accounts/password/reset/", {"email": typed})

    assert mail.outbox[-1].to == [STORED]
    assert re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)


def test_a_letter_in_disguise_gets_no_link_mailed_elsewhere(client: Client) -> None:
    make_user("Mike")

    client.post("/accounts/password/reset/", {"email": "mi\u212ae@halyard.example"})

    assert [message.to for message in mail.outbox] == [["mike@halyard.example"]]


@in_each_form
def test_signing_up_again_mails_the_account(client: Client, dana: User, settings: Settings, typed: str) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    client.post("/accounts/signup/", {"email": typed, "name": "Dana", "password1": PASSWORD})

    assert [message.to for message in mail.outbox] == [[STORED]]
    assert User.objects.count() == 1


@in_each_form
def test_an_invitation_is_for_the_account(alice: User, halyard: Organisation, dana: User, typed: str) -> None:
    links = [
        create_invitation(actor=alice, slug="halyard", email=typed),
        *invite_addresses(actor=alice, slug="halyard", emails=[typed], role="member", origin="").sent,
    ]
    assert [link.email for link in links] == [STORED] * 2

    assert accept_invitation(actor=dana, token=links[-1].token)[1]


@in_each_form
def test_nobody_else_changes_to_it(dana: User, api_for: ApiFor, typed: str) -> None:
    erin = make_user("Erin", password=PASSWORD)

    answer = api_for(erin).call("PUT", "/me/email", {"email": typed, "current_password": PASSWORD})

    assert answer.status_code == 409


@in_each_form
def test_changing_to_it_stores_the_one_form(client_for: ClientFor, after_commit: AfterCommit, typed: str) -> None:
    erin = make_user("Erin", password=PASSWORD)
    browser = client_for(erin)
    with after_commit():
        browser.post("/settings/address/", {"email": typed, "current_password": PASSWORD})
    browser.post(confirmation_link(mail.outbox[-1]))

    erin.refresh_from_db()
    assert erin.email == STORED


@in_each_form
def test_an_administrator_makes_no_second_account(root: User, dana: User, api_for: ApiFor, typed: str) -> None:
    erin = make_user("Erin")
    body = {"email": typed, "name": "Dana", "username": "dana2", "password": PASSWORD}

    assert api_for(root).call("POST", "/admin/users", body).status_code == 409
    assert api_for(root).call("PATCH", f"/admin/users/{erin.pk}", {"email": typed}).status_code == 409


@in_each_form
def test_a_provider_finds_the_account(dana: User, typed: str) -> None:
    User.objects.update(email_verified_at=timezone.now())

    account = SocialAccount(provider="google", uid="1")
    user, is_new = resolve_login(account=account, email=typed, is_verified=True, name="Dana")

    assert (user.pk, is_new) == (dana.pk, False)


@in_each_form
def test_the_command_line_finds_the_account(dana: User, typed: str) -> None:
    with patch("getpass.getpass", return_value="lighthouse-at-dusk-31"):
        call_command("changepassword", typed, stdout=io.StringIO())

    dana.refresh_from_db()
    assert dana.check_password("lighthouse-at-dusk-31")
