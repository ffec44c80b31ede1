"""Whoever comes by a provider on the way to an invitation, or where one is needed."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Invitation, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from tests.accounts.steps import attempts_kept, come_by_provider, is_signed_in
from tests.factories import make_email_address, make_user
from tests.provider import LiveProvider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider")]


@pytest.fixture
def dana_here(provider: LiveProvider) -> User:
    """She has an account here too, with the same address."""
    user = make_user("Dana", email_verified_at=timezone.now())
    make_email_address(user, verified=True)
    return user


@pytest.fixture
def invitation(alice: User, halyard: Organisation) -> Invitation:
    return create_invitation(actor=alice, slug="halyard")


def test_where_an_invitation_is_needed_nobody_else_comes_in(client: Client, alice: User, settings: Settings) -> None:
    settings.SIGNUP = "invite"

    answer = come_by_provider(client, "dana")

    assert answer.status_code == 403 and "needs an invitation" in answer.content.decode()
    assert User.objects.get() == alice
    assert attempts_kept() == [("provider", "failure", "invitation_needed")]


def test_an_invitation_that_was_read_lets_somebody_new_in(
    client: Client, halyard: Organisation, invitation: Invitation, settings: Settings
) -> None:
    settings.SIGNUP = "invite"
    page = client.get(invitation.url).content.decode()
    assert f'name="next" value="{invitation.url}"' in page and "Continue with Lighthouse" in page

    come_by_provider(client, "dana", next=invitation.url)

    assert halyard.memberships.filter(user__email="dana@halyard.example").exists()
    assert client.get("/")["Location"] == halyard.get_absolute_url()


def test_an_invitation_that_was_read_is_accepted_by_signing_in(
    client: Client, dana_here: User, halyard: Organisation, invitation: Invitation
) -> None:
    client.get(invitation.url)

    answer = come_by_provider(client, "dana", next=invitation.url)

    assert answer["Location"] == halyard.get_absolute_url()
    assert halyard.memberships.filter(user=dana_here).exists()


def test_an_invitation_that_was_not_read_joins_nothing(
    client: Client, halyard: Organisation, invitation: Invitation
) -> None:
    answer = come_by_provider(client, "dana", next=invitation.url)

    assert answer["Location"] == invitation.url
    assert not halyard.memberships.filter(user__email="dana@halyard.example").exists()


def test_an_invitation_for_somebody_else_lets_nobody_in(client: Client, alice: User, halyard: Organisation) -> None:
    invitation = create_invitation(actor=alice, slug="halyard", email="erin@halyard.example")
    client.get(invitation.url)

    answer = come_by_provider(client, "dana", next=invitation.url)

    assert "another e-mail address" in answer.content.decode()
    assert not is_signed_in(client)
