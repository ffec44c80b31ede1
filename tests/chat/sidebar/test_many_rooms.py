"""The sidebar of a user in many rooms holds those that matter now, counts them all, and leads to the others."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.messages.services.post import post_message
from chat.messages.services.read import mark_read
from chat.models import Room, RoomMember
from chat.rooms.services.rooms import archive_room, open_direct_room
from chat.sidebar.queries import MAX_DIRECTS, MAX_ROOMS, find_home_room, sidebar_for
from tests.conftest import ClientFor
from tests.factories import make_membership, make_room, make_user

pytestmark = pytest.mark.django_db

OpenRooms = Callable[[int], list[Room]]


@pytest.fixture
def open_rooms(alice: User, bob: User, halyard: Organisation) -> OpenRooms:
    """Call it for rooms of Alice and Bob in which both have read all."""

    def build(number: int) -> list[Room]:
        return [make_room(halyard, f"room {n:03}", admin=alice, members=[bob]) for n in range(number)]

    return build


def names_in_sidebar(user: User, organisation: Organisation, current: Room | None = None) -> list[str]:
    return [line.name for line in sidebar_for(user=user, organisation=organisation, current_room=current).rooms]


def test_all_rooms_are_there_while_they_are_few(bob: User, halyard: Organisation, open_rooms: OpenRooms) -> None:
    rooms = open_rooms(MAX_ROOMS)

    sidebar = sidebar_for(user=bob, organisation=halyard)

    assert [line.name for line in sidebar.rooms] == [room.name for room in rooms]
    assert not sidebar.more_rooms and sidebar.hidden_attention == 0


def test_of_too_many_rooms_the_mentions_the_unread_and_the_latest_are_shown(
    alice: User, bob: User, halyard: Organisation, open_rooms: OpenRooms
) -> None:
    rooms = open_rooms(MAX_ROOMS + 20)
    Room.objects.filter(pk__in=[room.pk for room in rooms[:-20]]).update(last_message_at=timezone.now())
    post_message(actor=alice, room_id=rooms[-1].pk, content="@bob look")
    post_message(actor=alice, room_id=rooms[-2].pk, content="look")
    post_message(actor=alice, room_id=rooms[-3].pk, content="read already")
    mark_read(actor=bob, room_id=rooms[-3].pk, seq=1)

    sidebar = sidebar_for(user=bob, organisation=halyard, current_room=rooms[-4])

    assert len(sidebar.rooms) == MAX_ROOMS and sidebar.more_rooms
    assert [line.name for line in sidebar.rooms][-4:] == [room.name for room in rooms[-4:]]
    assert [line.is_current for line in sidebar.rooms[-4:]] == [True, False, False, False]


def test_rooms_that_are_not_drawn_count_all_the_same(
    alice: User, bob: User, halyard: Organisation, open_rooms: OpenRooms
) -> None:
    rooms = open_rooms(MAX_ROOMS + 5)
    for room in rooms:
        post_message(actor=alice, room_id=room.pk, content="look")
    for _ in range(3):
        post_message(actor=alice, room_id=rooms[0].pk, content="@bob look")

    sidebar = sidebar_for(user=bob, organisation=halyard)

    assert sum(line.attention for line in sidebar.rooms) == MAX_ROOMS - 1 + 3
    assert sidebar.hidden_attention == 5
    assert [line.attention for line in sidebar.organisations] == [MAX_ROOMS + 4 + 3]


def test_what_is_archived_counts_nowhere(alice: User, bob: User, halyard: Organisation, open_rooms: OpenRooms) -> None:
    rooms = open_rooms(MAX_ROOMS + 1)
    for room in rooms:
        post_message(actor=alice, room_id=room.pk, content="@bob look")
    archive_room(actor=alice, room_id=rooms[0].pk)

    sidebar = sidebar_for(user=bob, organisation=halyard, current_room=rooms[0])

    assert rooms[0].name in [line.name for line in sidebar.rooms]
    assert sum(line.attention for line in sidebar.rooms) + sidebar.hidden_attention == MAX_ROOMS


def test_direct_rooms_are_bounded_too(alice: User, halyard: Organisation) -> None:
    for n in range(MAX_DIRECTS + 3):
        person = make_user(f"Person {n:02}")
        make_membership(halyard, person)
        direct, _ = open_direct_room(actor=person, slug="halyard", user_ids=[alice.pk])
        for _ in range(2):
            post_message(actor=person, room_id=direct.pk, content="Hello")

    sidebar = sidebar_for(user=alice, organisation=halyard)

    assert [line.name for line in sidebar.directs] == [f"Person {n:02}" for n in range(MAX_DIRECTS + 2, 2, -1)]
    assert sidebar.more_directs and not sidebar.more_rooms and sidebar.hidden_attention == 6


def test_a_page_with_a_sidebar_is_bounded(
    bob: User,
    halyard: Organisation,
    client_for: ClientFor,
    open_rooms: OpenRooms,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rooms, browser, pages = open_rooms(5), client_for(bob), []
    path = f"/rooms/{rooms[0].pk}/"
    for number, queries in ((0, 9), (60, 10)):  # of too many rooms, some not shown may be a project's
        open_rooms(number)
        for _ in range(2):  # until the page is kept, with the cookies that it sets
            browser.get(path)
        with django_assert_num_queries(queries):
            pages.append(browser.get(path).content)

    few, many = pages
    assert many.count(b'class="nav-link"') < MAX_ROOMS + 10 and len(many) < len(few) * 1.6
    assert b"/rooms/mine/" not in few and b"/o/halyard/rooms/mine/" in many


def test_all_rooms_have_a_page_in_pieces(bob: User, client_for: ClientFor, open_rooms: OpenRooms) -> None:
    rooms, browser = open_rooms(60), client_for(bob)

    page = browser.get("/o/halyard/rooms/mine/").content.decode().split("<main")[1]
    assert rooms[49].name in page and rooms[50].name not in page
    more = re.search(r"<more-rows><a[^>]* href=\"([^\"]+)\"", page)
    assert more and more[1] == "/o/halyard/rooms/mine/?page=2"
    rest = browser.get(more[1], headers={"X-Fragment": "rows"}).content.decode()
    assert rooms[50].name in rest and rooms[59].name in rest and "more-rows" not in rest and "<main" not in rest
    assert 'href="/o/halyard/rooms/mine/"' in browser.get(more[1]).content.decode().split("<main")[1]

    found = browser.get("/o/halyard/rooms/mine/?q=M 05").content.decode().split("<main")[1]
    assert rooms[59].name in found and rooms[0].name not in found


def test_direct_rooms_are_found_by_who_is_in_them(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    post_message(actor=alice, room_id=direct.pk, content="Hello")
    browser = client_for(alice)

    for q, is_found in (("", True), ("OB", True), ("alice", False), ("%", False)):
        page = browser.get("/o/halyard/direct-messages/", {"q": q}).content.decode().split("<main")[1]
        assert (str(direct.pk) in page) is is_found, q


def test_nobody_sees_the_rooms_of_others(
    alice: User, bob: User, charlie: User, halyard: Organisation, room: Room, client_for: ClientFor
) -> None:
    RoomMember.objects.filter(room=room, user=bob).delete()

    assert str(room.pk) in client_for(alice).get("/o/halyard/rooms/mine/").content.decode()
    assert str(room.pk) not in client_for(bob).get("/o/halyard/rooms/mine/").content.decode()
    for path in ("rooms/mine", "direct-messages"):
        assert client_for(charlie).get(f"/o/halyard/{path}/").status_code == 404


def test_the_sidebar_is_sent_again_only_when_it_has_changed(
    alice: User, bob: User, room: Room, client_for: ClientFor
) -> None:
    browser = client_for(bob)
    first = browser.get("/o/halyard/sidebar/")
    again = {"If-None-Match": first["ETag"]}

    assert set(first["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert browser.get("/o/halyard/sidebar/", headers=again).status_code == 304
    post_message(actor=alice, room_id=room.pk, content="look")
    assert browser.get("/o/halyard/sidebar/", headers=again).status_code == 200


def test_an_organisation_opens_with_the_last_room_while_one_is_in_it(
    bob: User, alice: User, halyard: Organisation, open_rooms: OpenRooms
) -> None:
    first, second, third = open_rooms(3)

    assert find_home_room(user=bob, organisation=halyard, last_room=third.pk) == third.pk
    assert find_home_room(user=bob, organisation=halyard, last_room=None) == first.pk
    archive_room(actor=alice, room_id=third.pk)
    RoomMember.objects.filter(room=first, user=bob).delete()
    for last in (first.pk, third.pk):
        assert find_home_room(user=bob, organisation=halyard, last_room=last) == second.pk
