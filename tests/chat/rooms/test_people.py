"""People are found by the server, a few at a time, however many there are."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from accounts.profiles.services.profile import update_profile
from accounts.users.services.managed_users import update_user
from chat.models import Room, RoomMember
from chat.rooms.queries.people import people_to_write_to
from chat.rooms.services.members import add_members
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_room_member, make_user

pytestmark = pytest.mark.django_db

ROWS = {"X-Fragment": "rows"}
OPTIONS = "/o/halyard/people/options/"


@pytest.fixture
def browser(client_for: ClientFor, alice: User, halyard: Organisation) -> Client:
    return client_for(alice)


def fill_organisation(organisation: Organisation, number: int, room: Room | None = None) -> list[User]:
    people = [make_user(f"Person {n:03}", username=f"p{n:03}-{number}", email=None) for n in range(number)]
    for person in people:
        make_membership(organisation, person)
        if room:
            make_room_member(room, person)
    return people


def read_options(browser: Client, query: str = "") -> list[str]:
    return re.findall(r'data-name="([^"]+)"', browser.get(OPTIONS + query).content.decode())


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/o/halyard/people/", 8),
        ("/o/halyard/people/options/", 4),
        ("/o/halyard/people/options/?q=person", 4),
        ("/o/halyard/people/options/?room={room}", 6),
        ("/o/halyard/rooms/new/", 7),
        ("/rooms/{room}/details/", 12),
        ("/o/halyard/settings/", 9),
    ],
)
def test_a_page_costs_the_same_for_five_and_for_sixty_people(
    browser: Client,
    halyard: Organisation,
    room: Room,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    path, sizes = path.format(room=room.pk), []
    for number in (5, 60, 120):
        fill_organisation(halyard, number, room)
        browser.get(path)
        with django_assert_num_queries(queries):
            sizes.append(len(browser.get(path).content))
    assert sizes[2] < sizes[1] * 1.1


def test_people_come_in_pieces(browser: Client, halyard: Organisation) -> None:
    fill_organisation(halyard, 60)

    first = browser.get("/o/halyard/people/").content.decode()
    assert "Message Bob" in first and "Message Person 048" in first and "Message Person 049" not in first
    assert 'href="/o/halyard/people/?page=2"' in first
    rest = browser.get("/o/halyard/people/?page=2", headers=ROWS).content.decode()
    assert "Message Person 059" in rest and "Message Person 048" not in rest and "<h1" not in rest
    assert 'href="/o/halyard/people/"' in browser.get("/o/halyard/people/?page=2").content.decode().split("<main")[1]


def test_members_of_a_room_come_in_pieces(browser: Client, halyard: Organisation, room: Room) -> None:
    fill_organisation(halyard, 60, room)
    path = f"/rooms/{room.pk}/details/"

    panel = browser.get(path, headers={"X-Fragment": "1"}).content.decode()
    assert "63 members" in panel and panel.count('class="person"') == 50 and f"{path}?page=2" in panel
    rest = browser.get(f"{path}?page=2", headers=ROWS).content.decode()
    assert rest.count('class="person"') == 13 and "<header" not in rest
    found = browser.get(f"{path}?q=SON 059", headers=ROWS).content.decode()
    assert found.count('class="person"') == 1 and "Person 059" in found
    assert "Nobody has such a name." in browser.get(f"{path}?q=zzz", headers=ROWS).content.decode()


def test_admins_stand_first_in_a_long_list(browser: Client, halyard: Organisation, room: Room) -> None:
    last = fill_organisation(halyard, 60, room)[-1]
    RoomMember.objects.filter(room=room, user=last).update(role="admin")

    panel = browser.get(f"/rooms/{room.pk}/details/").content.decode()

    assert panel.index("Person 059") < panel.index("Person 000") and "Make a plain member" in panel


def test_options_are_those_whom_one_may_choose(
    browser: Client, alice: User, bob: User, charlie: User, robin: User, halyard: Organisation, room: Room
) -> None:
    dora, gone = make_user("Dora Ärmel"), make_user("Gone", is_active=False)
    for person in (dora, gone):
        make_membership(halyard, person)

    assert read_options(browser) == ["Bob", "Dora Ärmel", "Robin"]
    assert read_options(browser, "?q=armel") == read_options(browser, "?q=@DORA") == ["Dora Ärmel"]
    assert read_options(browser, f"?room={room.pk}") == ["Dora Ärmel"]
    assert (
        read_options(browser, "?q=zzz") == []
        and "Nobody has such a name." in browser.get(f"{OPTIONS}?q=zzz").content.decode()
    )
    fill_organisation(halyard, 30)
    assert len(read_options(browser)) == 20 and b"There are more." in browser.get(OPTIONS).content


def test_strangers_find_nobody(
    charlie: User, bob: User, alice: User, halyard: Organisation, room: Room, client_for: ClientFor
) -> None:
    stranger = client_for(charlie)
    RoomMember.objects.filter(room=room, user=bob).delete()

    assert stranger.get(OPTIONS).status_code == stranger.get(f"{OPTIONS}?room={room.pk}").status_code == 404
    assert client_for(bob).get(f"{OPTIONS}?room={room.pk}").status_code == 404
    # His own organisation, and a room that is not there.
    assert stranger.get(f"/o/elsewhere/people/options/?room={room.pk}").status_code == 404


def test_guests_find_their_acquaintances_alone(
    alice: User, bob: User, halyard: Organisation, room: Room, client_for: ClientFor
) -> None:
    guest = make_user("Gus")
    make_membership(halyard, guest, role=Membership.Role.GUEST)
    assert read_options(client_for(guest)) == []
    make_room_member(room, guest)
    assert read_options(client_for(guest)) == ["Alice", "Bob", "Robin"]


def test_several_are_added_at_once_or_none(
    browser: Client, alice: User, charlie: User, halyard: Organisation, room: Room
) -> None:
    people, path = fill_organisation(halyard, 3), f"/rooms/{room.pk}/members/"

    refused = browser.post(path, {"user_ids": [str(people[0].pk), str(charlie.pk)]})
    assert refused.status_code == 422 and not RoomMember.objects.filter(room=room, user=people[0]).exists()
    assert people[0].name in refused.content.decode()
    assert browser.post(path, {}).status_code == 422
    assert browser.post(path, {"user_ids": "no id"}).status_code == 422

    assert browser.post(path, {"user_ids": [str(person.pk) for person in people[:2]]}).status_code == 302
    assert Room.objects.get(pk=room.pk).member_count == 5
    assert len(add_members(actor=alice, room_id=room.pk, user_ids=[person.pk for person in people])) == 3
    assert Room.objects.get(pk=room.pk).member_count == 6


def test_people_are_picked_without_script(browser: Client, halyard: Organisation, room: Room) -> None:
    people = fill_organisation(halyard, 3)
    chosen = f"&member_ids={people[0].pk}"

    page = browser.get(f"/o/halyard/rooms/new/?name=plans&kind=group&find=001{chosen}").content.decode()

    assert re.search(r'value="plans"', page) and re.search(r'value="group"[^>]* checked', page)
    assert re.findall(r'name="member_ids" value="([^"]+)"', page) == [str(people[0].pk), str(people[1].pk)]
    page = browser.get(f"/rooms/{room.pk}/details/?find=002").content.decode()
    assert re.findall(r'name="user_ids" value="([^"]+)"', page) == [str(people[2].pk)]


def test_a_new_name_is_sorted_and_found_at_once(alice: User, bob: User, root: User, halyard: Organisation) -> None:
    own = Membership.objects.select_related("organisation").get(user=alice, organisation=halyard)

    def names(q: str = "") -> list[str]:
        return [member.user.name for member in people_to_write_to(own=own, q=q)]

    update_profile(actor=bob, name="Zoë")
    assert names() == ["Robin", "Zoë"] and names("zoe") == ["Zoë"] and names("bob") == ["Zoë"]
    update_user(actor=root, user_id=bob.pk, name="Ärmel")
    assert names() == ["Ärmel", "Robin"] and names("armel") == ["Ärmel"]


def test_lists_of_members_are_flat_over_rest(
    alice: User,
    halyard: Organisation,
    room: Room,
    api_for: ApiFor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    api = api_for(alice)
    for number in (5, 60):
        fill_organisation(halyard, number, room)
        for path, queries in {"/orgs/halyard/members": 3, f"/rooms/{room.pk}/members": 3}.items():
            with django_assert_num_queries(queries):
                answer = api.call("GET", path).json()
    assert len(answer["items"]) == 50 and answer["next_cursor"]
