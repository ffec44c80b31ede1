"""Who passes the doors of the account pages, and where they lead."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Organisation, User
from tests.accounts.steps import labelled_error, settings_of
from tests.conftest import ClientFor
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db

MINE = ["profile", "address", "history", "password", "appearance", "sessions", "organisation-new"]


@pytest.mark.parametrize("name", [*MINE, "home", "welcome"])
def test_pages_are_for_people_who_are_signed_in(client: Client, name: str) -> None:
    url = reverse(f"accounts:{name}")

    assert client.get(url).url == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("name", MINE)
def test_everybody_has_settings(alice: User, halyard: Organisation, client_for: ClientFor, name: str) -> None:
    browser = client_for(alice)

    assert browser.get(reverse(f"accounts:{name}")).status_code == 200
    assert browser.head(reverse(f"accounts:{name}")).status_code == 200


def test_a_stranger_finds_no_organisation(
    charlie: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    stranger = client_for(charlie)

    doors = [("organisation",), ("invitations",), ("deletion",), ("member", bob.pk), ("removal", bob.pk)]
    assert stranger.get(settings_of(halyard)).status_code == 404
    for name, *ids in doors:
        url = reverse(f"accounts:{name}", args=["halyard", *ids])
        assert stranger.post(url, {"name": "Mine", "role": "guest"}).status_code == 404
    assert Membership.objects.get(user=bob).role == "member"


def test_a_member_looks_but_does_not_touch(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    member = client_for(bob)

    page = member.get(settings_of(halyard)).content.decode()
    assert "Alice" in page and "Create link" not in page and "Rename" not in page and "Delete" not in page
    assert member.post(settings_of(halyard), {"name": "Ours"}).status_code == 403
    form = {"role": "member", "emails": "nina@halyard.example"}
    for name in ("invitations", "invite-link"):
        assert member.post(reverse(f"accounts:{name}", args=["halyard"]), form).status_code == 403
    assert member.post(reverse("accounts:removal", args=["halyard", alice.pk])).status_code == 403
    assert member.post(reverse("accounts:deletion", args=["halyard"])).status_code == 403


# --- Founding and finding the way ------------------------------------------------------------------------------------


def test_whoever_belongs_nowhere_is_welcomed_and_founds(client_for: ClientFor) -> None:
    founder = client_for(make_user("Dana"))

    assert founder.get("/").url == "/welcome/"
    answer = founder.post("/welcome/", {"name": "Rope Makers"})

    assert answer.url == Organisation.objects.get(name="Rope Makers").get_absolute_url()


def test_an_empty_name_is_refused_where_it_was_typed(client_for: ClientFor) -> None:
    answer = client_for(make_user("Dana")).post("/welcome/", {"name": "  "})

    assert answer.status_code == 422
    assert labelled_error(answer, "name")


def test_home_is_the_organisation_last_used(alice: User, halyard: Organisation, client_for: ClientFor) -> None:
    atelier = make_organisation("Atelier", owner=alice)
    browser = client_for(alice)

    assert browser.get("/").url == atelier.get_absolute_url()
    browser.cookies["organisation"] = "halyard"
    assert browser.get("/").url == halyard.get_absolute_url()
    browser.cookies["organisation"] = "elsewhere"
    assert browser.get("/").url == atelier.get_absolute_url()
