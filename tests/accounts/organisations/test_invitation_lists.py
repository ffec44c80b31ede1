"""To whom and to how many invitations are mailed."""

import pytest
from django.core import mail
from pytest_django import Settings

from accounts.models import Invitation, Organisation, User
from lib.rate_limit import RateLimit
from tests.accounts.organisations.inviting import DANA, invite_by_form, invite_by_rest
from tests.accounts.steps import labelled_error
from tests.conftest import AfterCommit, ApiFor, ClientFor

pytestmark = pytest.mark.django_db


def test_a_pasted_list_is_mailed_to_each_once(
    client_for: ClientFor, alice: User, halyard: Organisation, after_commit: AfterCommit
) -> None:
    pasted = (
        f'{DANA}, Erin Moss <Erin@rope-makers.example>;\n\n "Doe, John" <john@rope-makers.example>,\n{DANA.upper()}'
    )

    with after_commit():
        answer = invite_by_form(client_for(alice), emails=pasted, role="guest", days="30")

    names = ["dana", "erin", "john"]
    assert [message.to for message in mail.outbox] == [[f"{name}@rope-makers.example"] for name in names]
    assert set(Invitation.objects.values_list("role", flat=True)) == {"guest"}
    assert "Mailed to 3 people." in client_for(alice).get(answer.url).content.decode() or answer.status_code == 302


@pytest.mark.parametrize("wrong", ["nobody", "bob@halyard.example", "a@b@c.example", "x" * 300 + "@halyard.example"])
def test_one_wrong_address_of_several_stops_all(
    client_for: ClientFor, alice: User, bob: User, halyard: Organisation, after_commit: AfterCommit, wrong: str
) -> None:
    with after_commit():
        refused = invite_by_form(client_for(alice), emails=f"{DANA}\n{wrong}")

    assert refused.status_code == 422 and wrong[:40] in labelled_error(refused, "emails")
    assert not mail.outbox and not Invitation.objects.exists()


def test_there_is_a_limit_to_a_list(client_for: ClientFor, alice: User, halyard: Organisation) -> None:
    many = "\n".join(f"p{number}@rope-makers.example" for number in range(51))

    refused = invite_by_form(client_for(alice), emails=many)

    assert refused.status_code == 422 and "At most 50" in labelled_error(refused, "emails")
    assert invite_by_form(client_for(alice), emails=" ,; \n").status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "address", ["dana@x.example\nBcc: all@x.example", "dana@x.example, bob@x.example", "Dana <d@x.example>"]
)
def test_one_address_is_one_address(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    after_commit: AfterCommit,
    address: str,
) -> None:
    with after_commit():
        assert invite_by_rest(api_for(alice), email=address).status_code == 422

    assert mail.outbox == []


def test_nobody_is_buried_in_mail(
    api_for: ApiFor,
    client_for: ClientFor,
    alice: User,
    halyard: Organisation,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.security.limits.INVITATION_MAILS_TO_ONE", RateLimit("to-one-test", 2, 3600))
    api = api_for(alice)

    statuses = [invite_by_rest(api, email=DANA).status_code for _ in range(3)]
    by_form = invite_by_form(client_for(alice), emails=DANA.upper())

    assert statuses == [201, 201, 429]
    assert by_form.status_code == 422 and "Too many attempts" in by_form.content.decode()
    assert invite_by_rest(api).status_code == 201


def test_accounts_of_one_network_share_a_limit(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening further accounts would lift the limit of one sender."""
    settings.THROTTLE = True
    halyard.memberships.filter(user=bob).update(role="admin")
    monkeypatch.setattr("accounts.security.limits.INVITATION_MAILS_OF_NETWORK", RateLimit("network-test", 2, 3600))

    statuses = [
        api_for(user).call("POST", "/orgs/halyard/invitations", {"email": f"{n}@example.com"}).status_code
        for n, user in enumerate((alice, bob, alice, bob))
    ]

    assert statuses == [201, 201, 429, 429]
    assert api_for(bob).call("POST", "/orgs/halyard/invitations", {}).status_code == 201
