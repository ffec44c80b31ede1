"""A second factor for everybody in an organisation: asking for it, who has none, and being asked."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.mfa.services.enrolment import get_pending_enrolment
from accounts.models import Organisation, User
from accounts.organisations.services.organisations import require_second_factor
from tests.accounts.steps import code_of, enrol, read_page, reload_user, settings_of
from tests.conftest import ClientFor
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db

SECURITY = "/settings/second-factor/"


@pytest.fixture
def dana() -> User:
    return make_user("Dana")


@pytest.fixture
def protected(dana: User) -> User:
    """Dana, who has a second factor."""
    enrol(dana)
    return dana


def test_an_administrator_asks_everybody_for_one(
    protected: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    make_membership(halyard, protected, role="admin")
    admin = client_for(protected)
    assert "2 people have none yet" in read_page(admin.get(settings_of(halyard)))

    admin.post(reverse("accounts:requirement", args=["halyard"]), {"required": "on"})

    assert reload_user(bob).second_factor_due
    assert "Make it optional" in read_page(admin.get(settings_of(halyard)))
    admin.post(reverse("accounts:requirement", args=["halyard"]))
    assert not reload_user(bob).second_factor_due


def test_a_page_asks_nobody_before_the_one_who_asks_has_one(
    alice: User, protected: User, halyard: Organisation, client_for: ClientFor
) -> None:
    make_membership(halyard, protected, role="admin")

    first, second = (read_page(client_for(person).get(settings_of(halyard))) for person in (alice, protected))
    assert "Set up yours first" in first and "Require it" not in first
    assert (
        "Require two-factor authentication of everybody?" in second
        and "2 people have none. They can do nothing" in second
    )


def test_members_and_strangers_ask_nobody_for_anything(
    bob: User, charlie: User, halyard: Organisation, client_for: ClientFor, client: Client
) -> None:
    url = reverse("accounts:requirement", args=["halyard"])

    assert client_for(bob).post(url, {"required": "on"}).status_code == 403
    assert client_for(charlie).post(url, {"required": "on"}).status_code == 404
    assert client.post(url, {"required": "on"}).url == f"/accounts/login/?next={url}"
    halyard.refresh_from_db()
    assert not halyard.requires_second_factor


def test_only_administrators_see_who_has_one(
    protected: User, alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    make_membership(halyard, protected)

    seen, unseen = (read_page(client_for(who).get(settings_of(halyard))) for who in (alice, bob))

    assert "@dana · 2FA on" in seen and "@bob · no 2FA" in seen
    assert "@robin ·" not in seen
    assert "2FA" not in unseen


def test_those_without_one_are_listed_for_administrators(
    protected: User, alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    make_membership(halyard, protected)
    query = {"second_factor": "off"}

    page = read_page(client_for(alice).get(settings_of(halyard), query))
    assert "@bob" in page and "@alice" in page and "@dana" not in page and "@robin" not in page
    assert "@dana" in read_page(client_for(bob).get(settings_of(halyard), query))


def test_whoever_has_to_enrol_reads_who_asks_and_goes_on_from_there(
    dana: User, alice: User, halyard: Organisation, client_for: ClientFor
) -> None:
    make_membership(halyard, dana)
    require_second_factor(actor=alice, slug="halyard", required=True)
    browser = client_for(reload_user(dana))

    assert browser.get("/settings/").url == SECURITY
    page = read_page(browser.get(SECURITY))
    assert "<b>Halyard</b> requires two-factor authentication" in page and "settings__nav" not in page
    browser.post(f"{SECURITY}enrolment/")
    shown = browser.post(f"{SECURITY}confirmation/", {"otp": code_of(get_pending_enrolment(dana).secret)})

    assert 'href="/">I have kept them' in read_page(shown)
    assert browser.get("/settings/").status_code == 200


def test_an_administrator_who_has_to_enrol_first_does_not_take_it_back(
    alice: User, halyard: Organisation, client_for: ClientFor
) -> None:
    require_second_factor(actor=alice, slug="halyard", required=True)

    answer = client_for(reload_user(alice)).post(reverse("accounts:requirement", args=["halyard"]))

    assert answer.url == SECURITY
    halyard.refresh_from_db()
    assert halyard.requires_second_factor
