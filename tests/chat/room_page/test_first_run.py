"""What administrators see in an organisation where nobody has said a word yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, Membership, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from accounts.organisations.services.members import add_member
from accounts.organisations.services.organisations import create_organisation
from chat.messages.services.post import post_message
from chat.models import Room
from tests.conftest import ClientFor
from tests.factories import make_user

ClientFor = ClientFor
pytestmark = pytest.mark.django_db


@pytest.fixture
def atelier(alice: User) -> Organisation:
    """Founded just now."""
    return create_organisation(actor=alice, name="Atelier")


@pytest.fixture
def general(atelier: Organisation) -> Room:
    return Room.objects.get(organisation=atelier, is_general=True)


def page_of(room: Room, browser: Client) -> str:
    answer = browser.get(f"/rooms/{room.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_founds_in_the_browser_finds_a_link_to_hand_on(client_for: ClientFor) -> None:
    founder = client_for(make_user("Dana"))

    founder.post("/welcome/", {"name": "Rope Makers"})

    invitation = Invitation.objects.get()
    page = page_of(Room.objects.get(is_general=True), founder)
    assert f"http://testserver{invitation.url}" in page and "<copy-field" in page


def test_looking_makes_no_link(browser: Client, general: Room) -> None:
    page = page_of(general, browser)

    assert "Create link" in page and "<copy-field" not in page
    assert not Invitation.objects.exists()


def test_an_administrator_makes_the_link_that_later_ones_find_too(
    browser: Client, client_for: ClientFor, atelier: Organisation, general: Room, bob: User
) -> None:
    add_member(organisation=atelier, user=bob, role=Membership.Role.ADMIN)

    answer = browser.post(f"/rooms/{general.pk}/invite-link/")

    assert answer.headers["Location"] == f"/rooms/{general.pk}/"
    assert Invitation.objects.get().url in page_of(general, client_for(bob))


@pytest.mark.parametrize("unfit", [{"role": "guest"}, {"email": "dana@halyard.example"}])
def test_links_for_guests_or_one_person_are_not_handed_on(
    browser: Client, alice: User, general: Room, unfit: dict[str, str]
) -> None:
    create_invitation(actor=alice, slug="atelier", **unfit)

    assert "<copy-field" not in page_of(general, browser)


def test_an_expired_link_makes_room_for_another(browser: Client, alice: User, general: Room) -> None:
    create_invitation(actor=alice, slug="atelier")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert "Create link" in page_of(general, browser)


def test_members_are_not_offered_what_they_may_not_do(
    client_for: ClientFor, atelier: Organisation, general: Room, bob: User
) -> None:
    add_member(organisation=atelier, user=bob, role=Membership.Role.MEMBER)

    assert "Invite your team" not in page_of(general, client_for(bob))
    assert client_for(bob).post(f"/rooms/{general.pk}/invite-link/").status_code == 403
    assert not Invitation.objects.exists()


def test_the_first_message_ends_it(browser: Client, alice: User, general: Room) -> None:
    post_message(actor=alice, room_id=general.pk, content="Morning!")

    assert "Invite your team" not in page_of(general, browser)
