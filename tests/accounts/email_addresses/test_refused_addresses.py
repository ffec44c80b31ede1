"""What can't be mailed, or looks like another address, is refused at every door; nobody gets an error page by it."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from accounts.models import Invitation, Organisation, User
from lib.text.email_addresses import clean_address
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

UNFIT = {
    "direction override": "a@\u202ex.example",
    "label too long": f"a@{'ü' * 60}.example",
    "zero width space": "a@hal\u200byard.example",
    "soft hyphen": "a@hal\u00adyard.example",
    "at sign in disguise": "a@x\uff20halyard.example",
    "unassigned": "a@x\u0378.example",
}
unfit = pytest.mark.parametrize("address", UNFIT.values(), ids=UNFIT)


@pytest.fixture(autouse=True)
def unthrottled(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False


@unfit
def test_pages_refuse_it(client: Client, address: str) -> None:
    for path, form in (
        ("/accounts/password/reset/", {"email": address}),
        ("/accounts/signup/", {"email": address, "name": "Dana", "password1": PASSWORD}),
    ):
        answer = client.post(path, form)
        assert answer.status_code == 200 and "Enter a valid email address." in answer.content.decode()
    assert mail.outbox == [] and not User.objects.exists()


@unfit
def test_rest_refuses_it(api_for: ApiFor, alice: User, halyard: Organisation, address: str) -> None:
    for asker, method, path, more in (
        (None, "POST", "/auth/signup", {"name": "Dana", "password": PASSWORD}),
        (alice, "POST", "/orgs/halyard/invitations", {}),
    ):
        answer = api_for(asker).call(method, path, {"email": address} | more)
        assert answer.status_code == 422 and answer.json()["errors"][0]["loc"] == ["body", "email"]
    assert mail.outbox == [] and not Invitation.objects.filter(email=address).exists()


@unfit
def test_nobody_changes_to_it(client_for: ClientFor, api_for: ApiFor, address: str) -> None:
    dana = make_user("Dana", password=PASSWORD)
    change = {"email": address, "current_password": PASSWORD}

    assert client_for(dana).post("/settings/address/", change).status_code == 422
    assert api_for(dana).call("PUT", "/me/email", change).status_code == 422
    assert not EmailAddress.objects.filter(email=address).exists()


def test_signing_in_with_it_is_only_wrong(client: Client) -> None:
    for address in UNFIT.values():
        assert client.post("/accounts/login/", {"login": address, "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("address", ["zoë@halyard.example", "", "zoe", "a@b@c.example"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        clean_address(address)


@pytest.mark.parametrize("address", ["zoe@bücher.example", "Zoe+work@Halyard.example", "zoe@xn--bcher-kva.example"])
def test_other_scripts_may_be_mailed(address: str) -> None:
    assert clean_address(address) == address.lower()
