"""What members see of each other: a card beside a name, and the same over REST."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.models import Room
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_user

FRAGMENT = {"X-Fragment": "1"}


def path_of(user: User, *, slug: str = "halyard") -> str:
    return f"/o/{slug}/people/{user.pk}/"


def test_a_card_tells_who_somebody_is(alice: User, bob: User, halyard: Organisation, client_for: ClientFor) -> None:
    User.objects.filter(pk=bob.pk).update(
        status_emoji="🌴", status_text="On holiday", time_zone="Pacific/Auckland", availability="busy"
    )

    answer = client_for(alice).get(path_of(bob), headers=FRAGMENT)

    html = answer.content.decode()
    for part in ("Bob", f"@{bob.username}", "🌴", "On holiday", "Member of Halyard", 'data-clock="Pacific/Auckland"'):
        assert part in html
    assert re.search(r">\d\d:\d\d</span> local time", html)
    assert "bob@" not in html
    assert f"{path_of(bob)}message/" in html


def test_ones_own_card_leads_to_the_profile(alice: User, halyard: Organisation, client_for: ClientFor) -> None:
    html = client_for(alice).get(path_of(alice), headers=FRAGMENT).content.decode()

    assert "Edit your profile" in html
    assert "message/" not in html
    assert "data-clock" not in html


def test_a_card_is_a_page_too(alice: User, bob: User, halyard: Organisation, client_for: ClientFor) -> None:
    page = client_for(alice).get(path_of(bob)).content.decode()

    assert "<title>Bob - Halyard</title>" in page
    assert 'id="sidebar"' in page


def test_strangers_have_no_card(
    alice: User, bob: User, charlie: User, halyard: Organisation, client_for: ClientFor, api_for: ApiFor
) -> None:
    assert client_for(alice).get(path_of(charlie), headers=FRAGMENT).status_code == 404
    assert client_for(charlie).get(path_of(bob), headers=FRAGMENT).status_code == 404
    assert client_for(charlie).post(f"{path_of(bob)}message/").status_code == 404
    assert client_for(alice).post(f"{path_of(charlie)}message/").status_code == 404
    assert api_for(alice).get(f"/api/v1/orgs/halyard/members/{charlie.pk}").status_code == 404
    assert api_for(charlie).get(f"/api/v1/orgs/halyard/members/{bob.pk}").status_code == 404
    assert api_for(None).get(f"/api/v1/orgs/halyard/members/{bob.pk}").status_code == 401


def test_a_guest_sees_whom_they_share_a_room_with(
    alice: User, bob: User, room: Room, halyard: Organisation, client_for: ClientFor, api_for: ApiFor
) -> None:
    dora = make_user("Dora")
    make_membership(halyard, dora)
    Membership.objects.filter(user=bob).update(role="guest")
    guest = client_for(bob)

    assert guest.get(path_of(alice), headers=FRAGMENT).status_code == 200
    assert guest.get(path_of(dora), headers=FRAGMENT).status_code == 404
    assert api_for(bob).get(f"/api/v1/orgs/halyard/members/{alice.pk}").status_code == 200
    assert api_for(bob).get(f"/api/v1/orgs/halyard/members/{dora.pk}").status_code == 404


def test_a_signed_out_browser_gets_no_card(bob: User, halyard: Organisation, client_for: ClientFor) -> None:
    browser = client_for(bob)
    browser.logout()

    assert browser.get(path_of(bob), headers=FRAGMENT).status_code == 401


def test_message_opens_the_conversation(alice: User, bob: User, halyard: Organisation, client_for: ClientFor) -> None:
    browser = client_for(alice)

    first, second = (browser.post(f"{path_of(bob)}message/") for _ in range(2))

    room = Room.objects.get(kind=Room.Kind.DIRECT)
    assert first["Location"] == second["Location"] == f"/rooms/{room.pk}/"
    assert set(room.members.values_list("user", flat=True)) == {alice.pk, bob.pk}


def test_rest_tells_the_same(alice: User, bob: User, halyard: Organisation, api_for: ApiFor) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone="Europe/Berlin")

    member = api_for(bob).get(f"/api/v1/orgs/halyard/members/{bob.pk}").json()
    assert (member["user"]["name"], member["role"], member["time_zone"]) == ("Bob", "member", "Europe/Berlin")
    assert member["user"]["email"] == bob.email
    assert api_for(bob).get(f"/api/v1/orgs/halyard/members/{alice.pk}").json()["user"]["email"] is None


@pytest.mark.parametrize("others", [0, 5])
def test_a_card_costs_the_same_in_any_organisation(
    others: int,
    alice: User,
    bob: User,
    halyard: Organisation,
    client_for: ClientFor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(others):
        make_membership(halyard, make_user(f"Dora {number}"))
    browser = client_for(alice)
    browser.get(path_of(bob), headers=FRAGMENT)

    with django_assert_num_queries(4):  # the session, the user, the own membership, the other's
        browser.get(path_of(bob), headers=FRAGMENT)
