"""Whom guests meet: the people in the rooms they were added to, everywhere and by every way."""

from typing import Any

import pytest

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import add_member as add_to_organisation
from accounts.organisations.services.members import change_member_role
from accounts.organisations.services.organisations import create_organisation
from chat.models import Room, RoomMember
from chat.rooms.services.members import add_member
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(alice: User, bob: User) -> Organisation:
    """An organisation with a `general`, as everybody's begins."""
    organisation = create_organisation(actor=alice, name="Quay")
    add_to_organisation(organisation=organisation, user=bob, role="member")
    return organisation


@pytest.fixture
def dora(place: Organisation) -> User:
    """A guest who has just come."""
    dora = make_user("Dora")
    add_to_organisation(organisation=place, user=dora, role="guest")
    return dora


def rooms_of(user: User) -> set[Any]:
    return set(RoomMember.objects.filter(user=user).values_list("room__name", flat=True))


def test_a_guest_is_in_no_room_and_reads_why(dora: User, bob: User, client_for: ClientFor) -> None:
    page = client_for(dora).get("/o/quay/", follow=True).content.decode()

    assert rooms_of(dora) == set() and rooms_of(bob) == {"general"}
    assert "You’re a guest here" in page and "Nobody has added you to a room yet" in page


def test_a_guest_sees_the_people_they_share_a_room_with(
    dora: User,
    alice: User,
    bob: User,
    place: Organisation,
    api_for: ApiFor,
    client_for: ClientFor,
) -> None:
    guest, browser = api_for(dora), client_for(dora)

    def known() -> list[str]:
        return [item["user"]["name"] for item in guest.call("GET", "/orgs/quay/members").json()["items"]]

    assert known() == ["Dora"]
    room = make_room(place, admin=alice, members=[dora])
    assert known() == ["Alice", "Dora"]
    for path in ("/o/quay/people/", "/o/quay/settings/", "/o/quay/people/options/"):
        page = browser.get(path).content.decode()
        assert "Alice" in page and "Bob" not in page, path
    assert "Bob" not in browser.get(f"/rooms/{room.pk}/details/").content.decode()


def test_a_guest_writes_only_to_people_they_share_a_room_with(
    dora: User, alice: User, bob: User, place: Organisation, api_for: ApiFor
) -> None:
    make_room(place, admin=alice, members=[dora])
    guest = api_for(dora)

    def write_to(user: User) -> int:
        return guest.call("POST", "/orgs/quay/rooms/direct", {"user_ids": [str(user.pk)]}).status_code

    assert write_to(alice) == 201
    assert write_to(bob) == 422
    assert api_for(bob).call("POST", "/orgs/quay/rooms/direct", {"user_ids": [str(dora.pk)]}).status_code == 201
    assert write_to(bob) == 200


def test_a_guest_brings_nobody_else_in(
    dora: User, alice: User, bob: User, place: Organisation, api_for: ApiFor
) -> None:
    room = make_room(place, admin=alice, members=[dora])
    guest = api_for(dora)
    group = {"kind": "group", "name": "plans", "member_ids": [str(bob.pk)]}

    assert guest.call("POST", f"/rooms/{room.pk}/members", {"user_id": str(bob.pk)}).status_code == 422
    assert guest.call("POST", "/orgs/quay/rooms", group).status_code == 422
    assert "Bob" not in [member.user.name for member in room.members.select_related("user")]


def test_a_guest_in_general_may_leave_it_and_be_shown_out(
    dora: User,
    alice: User,
    bob: User,
    place: Organisation,
    api_for: ApiFor,
    client_for: ClientFor,
) -> None:
    general = Room.objects.get(organisation=place, is_general=True)
    add_member(actor=alice, room_id=general.pk, user_id=dora.pk)

    page = client_for(alice).get(f"/rooms/{general.pk}/details/").content.decode()
    assert page.count("Remove from room") == 1
    assert api_for(dora).call("POST", f"/rooms/{general.pk}/leave").status_code == 204
    add_member(actor=alice, room_id=general.pk, user_id=dora.pk)
    assert api_for(alice).call("DELETE", f"/rooms/{general.pk}/members/{dora.pk}").status_code == 204
    assert api_for(alice).call("DELETE", f"/rooms/{general.pk}/members/{bob.pk}").status_code == 403


def test_who_is_no_guest_any_more_is_in_general(dora: User, alice: User, place: Organisation) -> None:
    change_member_role(actor=alice, slug="quay", user_id=dora.pk, role="member")

    assert rooms_of(dora) == {"general"}


def test_a_member_who_becomes_a_guest_keeps_their_rooms(
    bob: User, alice: User, place: Organisation, client_for: ClientFor
) -> None:
    change_member_role(actor=alice, slug="quay", user_id=bob.pk, role="guest")

    assert rooms_of(bob) == {"general"}
    assert client_for(bob).get("/o/quay/", follow=True).status_code == 200
    assert Membership.objects.get(user=bob).role == "guest"


def test_an_acquaintance_of_another_organisation_is_a_stranger_here(
    dora: User, bob: User, place: Organisation, api_for: ApiFor
) -> None:
    elsewhere = create_organisation(actor=bob, name="Elsewhere")
    add_to_organisation(organisation=elsewhere, user=dora, role="member")
    guest = api_for(dora)

    answer = guest.call("POST", "/orgs/quay/rooms/direct", {"user_ids": [str(bob.pk)]})
    listed = guest.call("GET", "/orgs/quay/members").json()["items"]

    assert answer.status_code == 422
    assert [member["user"]["username"] for member in listed] == ["dora"]
    assert guest.call("POST", "/orgs/elsewhere/rooms/direct", {"user_ids": [str(bob.pk)]}).status_code == 201
