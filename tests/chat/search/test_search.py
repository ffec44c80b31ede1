"""A search finds what its user can see at that moment, the best first."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import Draft, post_messages
from chat.models import Room
from chat.rooms.services.members import remove_member
from chat.search.queries import candidates
from chat.search.queries.messages import search_messages
from chat.search_index import index_pending_messages
from tests.chat.search.conftest import Find
from tests.chat.steps import LOOKING, say, say_all
from tests.factories import make_membership, make_organisation, make_room, make_user

pytestmark = pytest.mark.django_db


def test_a_stranger_finds_nothing(alice: User, charlie: User, room: Room, channel: Room, find: Find) -> None:
    say(alice, room, "tide in the group")
    say(alice, channel, "tide in the channel")

    assert find(charlie, "tide") == []


def test_a_member_finds_what_is_in_channels_but_in_no_group_of_others(
    alice: User, halyard: Organisation, room: Room, channel: Room, find: Find
) -> None:
    dora = make_user("Dora")
    make_membership(halyard, dora)
    say(alice, room, "tide in the group")
    say(alice, channel, "tide in the channel")

    assert find(dora, "tide") == ["tide in the channel"]


def test_a_guest_finds_nothing_in_channels_of_others(
    alice: User, halyard: Organisation, channel: Room, find: Find
) -> None:
    guest = make_user("Gus")
    make_membership(halyard, guest, role=Membership.Role.GUEST)
    say(alice, channel, "tide")

    assert find(guest, "tide") == []


def test_who_is_taken_out_of_a_room_finds_nothing_there_at_once(alice: User, bob: User, room: Room, find: Find) -> None:
    say(alice, room, "tide")
    assert find(bob, "tide") == ["tide"]

    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    assert find(bob, "tide") == []


def test_other_organisations_are_not_searched(alice: User, bob: User, room: Room, find: Find) -> None:
    elsewhere = make_organisation("Annex", owner=alice, members=[bob])
    say(alice, make_room(elsewhere, admin=alice, members=[bob]), "tide there")
    say(alice, room, "tide here")

    assert find(bob, "tide") == ["tide here"]


def test_what_was_edited_or_deleted_is_not_found(alice: User, room: Room, find: Find) -> None:
    edited, deleted = say_all(alice, room, "tide one", "tide two")

    edit_message(actor=alice, message_id=edited.pk, content="calm")
    delete_message(actor=alice, message_id=deleted.pk)

    assert find(alice, "tide") == []
    assert find(alice, "calm") == ["calm"]


def test_whole_words_come_before_beginnings_and_these_before_pieces(alice: User, room: Room, find: Find) -> None:
    say_all(alice, room, "art", "artist", "smart", "start", "(art)", "artful")

    assert find(alice, "art") == ["(art)", "art", "artful", "artist", "start", "smart"]
    assert find(alice, "art", order="newest") == ["artful", "(art)", "start", "smart", "artist", "art"]


def test_own_rooms_come_before_those_of_others(alice: User, bob: User, room: Room, channel: Room, find: Find) -> None:
    say(alice, room, "tide in my group")
    say(alice, channel, "tide elsewhere")

    assert find(bob, "tide") == ["tide in my group", "tide elsewhere"]
    assert find(alice, "tide") == ["tide elsewhere", "tide in my group"]


@pytest.mark.parametrize("few_rooms", [16, 0])
@pytest.mark.parametrize("few_changes", [100_000, 0])
def test_what_is_frequent_in_rooms_of_others_is_found_where_it_is_rare(
    alice: User,
    charlie: User,
    halyard: Organisation,
    room: Room,
    find: Find,
    monkeypatch: pytest.MonkeyPatch,
    few_rooms: int,
    few_changes: int,
) -> None:
    make_membership(halyard, charlie, role=Membership.Role.GUEST)
    first, second = (make_room(halyard, name, admin=alice, members=[charlie]) for name in ("one", "two"))
    for name, value in {"READ_AS_A_WHOLE": 2, "WALKED": 2, "WALKED_AT_MOST": 3}.items():
        monkeypatch.setattr(candidates, name, value)
    monkeypatch.setattr(candidates, "FEW_ROOMS", few_rooms)
    monkeypatch.setattr(candidates, "FEW_CHANGES", few_changes)
    say_all(alice, first, "an old tide", *["calm"] * 3)
    say_all(alice, second, "a tide of charlie's", *["calm"] * 3)
    say_all(alice, room, *["tide"] * 10)

    assert find(charlie, "tide", order="newest") == ["a tide of charlie's", "an old tide"]
    assert find(charlie, "from:charlie tide") == []


@pytest.mark.parametrize("order", ["relevance", "newest"])
@pytest.mark.parametrize(("walked", "few_rooms"), [(3_000, 16), (10, 16), (10, 0)])
def test_pages_neither_repeat_nor_lose_a_message(
    alice: User,
    room: Room,
    channel: Room,
    find: Find,
    monkeypatch: pytest.MonkeyPatch,
    order: str,
    walked: int,
    few_rooms: int,
) -> None:
    monkeypatch.setattr(candidates, "FEW_ROOMS", few_rooms)
    monkeypatch.setattr(candidates, "READ_AS_A_WHOLE", walked)
    monkeypatch.setattr(candidates, "WALKED", walked)
    monkeypatch.setattr(candidates, "WALKED_AT_MOST", walked)
    texts = [f"{word} {n}" for n in range(50) for word in ("art", "artist", "smart")]
    post_messages([Draft(alice, (room, channel)[n % 2].pk, text) for n, text in enumerate(texts)])

    found = find(alice, "art", order=order, limit=7)

    assert sorted(found) == sorted(texts)


def test_a_page_goes_on_where_the_last_one_ended_whatever_was_posted_meanwhile(
    alice: User, halyard: Organisation, room: Room
) -> None:
    post_messages([Draft(alice, room.pk, f"tide {n}") for n in range(5)])
    first = search_messages(user=alice, organisation=halyard, q="tide", limit=2, order="newest")
    say(alice, room, "tide new")
    assert first.next_cursor is not None

    second = search_messages(
        user=alice, organisation=halyard, q="tide", limit=2, order="newest", cursor=first.next_cursor
    )

    assert [item.message.content for item in second.items] == ["tide 2", "tide 1"]


@pytest.mark.parametrize("q", ["", "  ", "*", "has:wings", "from:"])
def test_what_asks_for_nothing_finds_nothing(alice: User, halyard: Organisation, room: Room, q: str) -> None:
    say(alice, room, "boats")

    page = search_messages(user=alice, organisation=halyard, q=q)

    assert (page.items, page.is_empty_query) == ([], True)


def test_a_search_costs_the_same_for_any_number(
    alice: User, halyard: Organisation, room: Room, channel: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for number in (1, 70):
        for n in range(number):
            make_room(halyard, f"room {number} {n}", admin=alice)
        post_messages(
            [
                Draft(alice, place.pk, "the boats", created_at=moment + timedelta(seconds=n))
                for n in range(number)
                for place in (room, channel)
            ]
        )
        index_pending_messages()
        with django_assert_num_queries(4 + LOOKING):  # rooms, both passes or one and the total, messages
            search_messages(user=alice, organisation=halyard, q="boats", limit=20)
