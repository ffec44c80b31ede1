"""An invite link opened by people who are signed out, signed in, or in already."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Invitation, Organisation, User
from accounts.organisations.services.invitations import create_invitation, revoke_invitation
from accounts.organisations.services.organisations import create_organisation
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_email_address, make_user

pytestmark = pytest.mark.django_db

DANA = {"name": "Dana Duarte", "email": "dana@halyard.example", "password1": "four slow grey gulls"}


@pytest.fixture
def invitation(alice: User, halyard: Organisation) -> Invitation:
    return create_invitation(actor=alice, slug="halyard")


def members(organisation: Organisation) -> set[str]:
    return set(organisation.memberships.values_list("user__name", flat=True))


def test_a_stranger_reads_who_invited_them_and_joins_by_signing_up(
    client: Client, halyard: Organisation, invitation: Invitation
) -> None:
    page = client.get(invitation.url).content.decode()
    assert "Alice invited you" in page and "Join Halyard" in page

    answer = client.post("/accounts/signup/", DANA | {"invitation": invitation.token})

    assert answer.url == "/"
    assert "Dana Duarte" in members(halyard)
    assert User.objects.get(name="Dana Duarte").username == "dana-duarte"


def test_a_refused_sign_up_keeps_the_invitation_and_what_was_typed(
    client: Client, halyard: Organisation, invitation: Invitation
) -> None:
    answer = client.post("/accounts/signup/", DANA | {"password1": "short", "invitation": invitation.token})

    page = answer.content.decode()
    assert "Join Halyard" in page and invitation.token in page and 'value="Dana Duarte"' in page
    assert "too short" in page
    assert 'value="short"' not in page
    assert "Dana Duarte" not in members(halyard)


def test_signing_in_on_the_way_joins(client: Client, halyard: Organisation, invitation: Invitation) -> None:
    make_user("Dana", password=PASSWORD)
    assert f"/accounts/login/?next={invitation.url}" in client.get(invitation.url).content.decode()

    sign_in = {"login": "dana@halyard.example", "password": PASSWORD, "next": invitation.url}
    answer = client.post("/accounts/login/", sign_in)

    assert answer.url == halyard.get_absolute_url()
    assert "Dana" in members(halyard)


@pytest.mark.parametrize("shown", ["nothing", "another"])
def test_signing_in_joins_nothing_that_was_not_read(
    client: Client, alice: User, halyard: Organisation, invitation: Invitation, shown: str
) -> None:
    make_user("Dana", password=PASSWORD)
    if shown == "another":
        client.get(create_invitation(actor=alice, slug="halyard").url)

    sign_in = {"login": "dana@halyard.example", "password": PASSWORD, "next": invitation.url}
    answer = client.post("/accounts/login/", sign_in)

    assert answer.url == invitation.url
    assert "Join Halyard" in client.get(answer.url).content.decode()
    assert "Dana" not in members(halyard)


@pytest.mark.parametrize("nowhere", ["http://[", "https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client: Client, nowhere: str) -> None:
    make_user("Dana", password=PASSWORD)

    answer = client.post("/accounts/login/", {"login": "dana@halyard.example", "password": PASSWORD, "next": nowhere})

    assert answer.url == "/"


def test_looking_joins_nobody(
    charlie: User, halyard: Organisation, invitation: Invitation, client_for: ClientFor
) -> None:
    visitor = client_for(charlie)

    assert "Join Halyard" in visitor.get(invitation.url).content.decode()
    assert "Charlie" not in members(halyard)
    assert visitor.post(invitation.url).url == halyard.get_absolute_url()
    assert "Charlie" in members(halyard)


@pytest.mark.parametrize("way", ["page", "rest"])
def test_accepting_reads_each_row_once(
    alice: User, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries, way: str
) -> None:
    create_organisation(actor=alice, name="Atelier", slug="atelier")
    invitation, dana = create_invitation(actor=alice, slug="atelier"), make_user("Dana")
    browser = client_for(dana)
    browser.get("/settings/")

    # Session, user, locked invitation with its organisation, membership before and after, audit entry; then the
    # `general` room, locked, the member in it before and after, the line that tells of it, and its access stamp. Two
    # are of the transaction.
    with django_assert_num_queries(14):
        if way == "page":
            browser.post(invitation.url)
        else:
            browser.post(f"/api/v1/invitations/{invitation.token}/accept")

    assert dana.memberships.count() == 1


def test_joining_twice_says_so(
    charlie: User, halyard: Organisation, invitation: Invitation, client_for: ClientFor
) -> None:
    visitor = client_for(charlie)
    visitor.post(invitation.url)

    answer = visitor.post(invitation.url)

    assert answer.url == halyard.get_absolute_url()
    assert "already in Halyard" in visitor.get("/settings/").content.decode()
    assert halyard.memberships.filter(user=charlie).count() == 1


def test_a_visitor_reads_the_invitation_once(client: Client, invitation: Invitation) -> None:
    client.get(invitation.url)

    with CaptureQueriesContext(connection) as queries:
        client.get(invitation.url)

    assert len([query for query in queries if 'FROM "accounts_invitation"' in query["sql"]]) == 1


def test_a_member_is_taken_home(
    bob: User, halyard: Organisation, invitation: Invitation, client_for: ClientFor
) -> None:
    assert client_for(bob).get(invitation.url).url == halyard.get_absolute_url()


def test_an_invitation_for_somebody_else_says_so(
    alice: User, charlie: User, halyard: Organisation, client_for: ClientFor
) -> None:
    invitation = create_invitation(actor=alice, slug="halyard", email="dana@halyard.example")
    visitor = client_for(charlie)

    assert "This invitation is for <b>dana@halyard.example</b>" in visitor.get(invitation.url).content.decode()
    assert visitor.post(invitation.url).status_code == 403
    assert "Charlie" not in members(halyard)


def test_whoever_it_is_for_signs_up_with_it(client: Client, alice: User, halyard: Organisation) -> None:
    invitation = create_invitation(actor=alice, slug="halyard", email=DANA["email"])
    assert f'value="{DANA["email"]}"' in client.get(invitation.url).content.decode()

    refused = client.post("/accounts/signup/", DANA | {"email": "d@x.example", "invitation": invitation.token})
    assert "another e-mail address" in refused.content.decode()
    client.post("/accounts/signup/", DANA | {"invitation": invitation.token})

    assert "Dana Duarte" in members(halyard)
    assert not User.objects.filter(email="d@x.example").exists()


@pytest.mark.parametrize("token", ["made-up", "0" * 75, "…"])
def test_links_that_lead_nowhere_say_so(client: Client, token: str) -> None:
    answer = client.get(f"/join/{token}/")

    assert answer.status_code == 404
    assert "no longer works" in answer.content.decode()


def test_a_link_taken_back_opens_nothing(
    client: Client,
    alice: User,
    charlie: User,
    halyard: Organisation,
    invitation: Invitation,
    client_for: ClientFor,
) -> None:
    revoke_invitation(actor=alice, slug="halyard", invitation_id=invitation.pk)

    assert client.get(invitation.url).status_code == 404
    assert client_for(charlie).post(invitation.url).status_code == 404
    answer = client.post("/accounts/signup/", DANA | {"invitation": invitation.token})
    assert "expired" in answer.content.decode()
    assert not User.objects.filter(email=DANA["email"]).exists()


def test_where_one_needs_an_invitation_it_is_the_way_in(
    client: Client, settings: Settings, halyard: Organisation, invitation: Invitation
) -> None:
    settings.SIGNUP = "invite"

    assert "By invitation" in client.get("/accounts/signup/").content.decode()
    assert "Create an account" not in client.get("/accounts/login/").content.decode()
    client.post("/accounts/signup/", DANA)
    assert not User.objects.filter(email=DANA["email"]).exists()
    client.post("/accounts/signup/", DANA | {"invitation": invitation.token})
    assert "Dana Duarte" in members(halyard)


def test_an_address_that_is_taken_is_said_beside_it(client: Client) -> None:
    dana = make_user("Dana")
    make_email_address(dana)

    page = client.post("/accounts/signup/", DANA).content.decode()

    assert "There is an account with this address already." in page
    assert 'aria-describedby="id_email-error"' in page
