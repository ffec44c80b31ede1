"""The page of an invitation's link offers to decline what was mailed to its reader."""

from __future__ import annotations

import pytest

from accounts.models import Invitation, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from tests.accounts.steps import read_page
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(db: None) -> User:
    """She has not confirmed her address: the link shows that it is hers."""
    return make_user("Dana")


@pytest.fixture
def invited(alice: User, halyard: Organisation, dana: User) -> Invitation:
    return create_invitation(actor=alice, slug="halyard", email=dana.email)


@pytest.fixture
def open_link(alice: User, halyard: Organisation) -> Invitation:
    return create_invitation(actor=alice, slug="halyard")


def test_it_is_declined_on_its_page(
    api_for: ApiFor, client_for: ClientFor, alice: User, dana: User, invited: Invitation
) -> None:
    browser, path = client_for(dana), f"{invited.url}decline/"
    assert f'formaction="{path}"' in read_page(browser.get(invited.url))

    assert browser.post(path).url == "/"

    assert browser.get(invited.url).status_code == browser.post(path).status_code == 404
    assert not halyard_members(dana)
    (entry,) = api_for(alice).call("GET", "/orgs/halyard/audit?action=update").json()["items"]
    assert "declined_at" in entry["changes"] and entry["user"]["name"] == "Dana"


def test_it_is_declined_over_rest(api_for: ApiFor, dana: User, invited: Invitation) -> None:
    answers = [api_for(dana).call("POST", f"/invitations/{invited.token}/{what}") for what in ("decline", "accept")]

    assert [answer.status_code for answer in answers] == [204, 404]


def test_nobody_else_declines_it(api_for: ApiFor, client_for: ClientFor, charlie: User, invited: Invitation) -> None:
    assert client_for(charlie).post(f"{invited.url}decline/").status_code == 403
    assert api_for(charlie).call("POST", f"/invitations/{invited.token}/decline").status_code == 403
    assert api_for(None).call("POST", f"/invitations/{invited.token}/decline").status_code == 401
    assert Invitation.objects.open().get() == invited


def test_a_link_for_anyone_is_not_declined(
    api_for: ApiFor, client_for: ClientFor, dana: User, open_link: Invitation
) -> None:
    browser = client_for(dana)
    answer = api_for(dana).call("POST", f"/invitations/{open_link.token}/decline")

    assert "formaction" not in read_page(browser.get(open_link.url))
    assert browser.post(f"{open_link.url}decline/").url == open_link.url
    assert (answer.status_code, answer.json()["code"]) == (409, "invitation_without_address")
    assert Invitation.objects.open().get() == open_link


def halyard_members(user: User) -> bool:
    return user.memberships.filter(organisation__slug="halyard").exists()
