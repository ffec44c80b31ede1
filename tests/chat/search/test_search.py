"""A search finds what its user can see at that moment, the best first."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import Draft, post_messages
from chat.messages.services.reactions import add_reaction
from chat.messages.services.read import mark_read
from chat.models import Room
from chat.rooms.services.members import remove_member
from chat.rooms.services.rooms import open_direct_room
from chat.search.queries import candidates
from chat.search.queries.messages import search_messages
from chat.search_index import index_pending_messages
from tests.chat.search.conftest import Find
from tests.chat.steps import LOOKING, say, say_all
from tests.factories import make_membership, make_organisation, make_room, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(halyard: Organisation, alice: User) -> Room:
    """A channel that Alice alone is in: all members can see it."""
    return make_room(halyard, "Harbour Offices", admin=alice, kind="channel")


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


@pytest.mark.parametrize("order", ["relevance", "newest"])
@pytest.mark.parametrize("walked", [3_000, 10])
def test_pages_neither_repeat_nor_lose_a_message(
    alice: User, room: Room, find: Find, monkeypatch: pytest.MonkeyPatch, order: str, walked: int
) -> None:
    monkeypatch.setattr(candidates, "READ_AS_A_WHOLE", walked)
    monkeypatch.setattr(candidates, "WALKED", walked)
    monkeypatch.setattr(candidates, "WALKED_AT_MOST", walked)
    texts = [f"{word} {n}" for n in range(50) for word in ("art", "artist", "smart")]
    post_messages([Draft(alice, room.pk, text) for text in texts])

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


@pytest.fixture
def talk(alice: User, bob: User, robin: User, room: Room, channel: Room) -> None:
    """Messages for filters, by Alice and Bob, on two days, in a group, a channel and a direct room."""
    post_messages(
        [
            Draft(alice, room.pk, "old boats", created_at=datetime(2025, 3, 5, 12, tzinfo=UTC)),
            Draft(bob, room.pk, "older boats https://halyard.example", created_at=datetime(2024, 3, 5, tzinfo=UTC)),
            Draft(alice, channel.pk, "boats in the channel"),
            Draft(bob, room.pk, "@alice `boats`"),
        ]
    )
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    say(bob, direct, "boats between us")
    pinned, reacted = say_all(alice, room, "pinned boats", "liked boats")
    pin_message(actor=alice, message_id=pinned.pk)
    add_reaction(actor=bob, message_id=reacted.pk, emoji="👍")
    post_messages([Draft(alice, room.pk, "boats in a thread", thread_id=pinned.pk)])
    mark_read(actor=alice, room_id=room.pk, seq=2)


BOATS = {
    "from:bob": {"older boats https://halyard.example", "@alice `boats`", "boats between us"},
    "from:me old": {"old boats"},
    "from:@alice from:Bob old": {"old boats", "older boats https://halyard.example"},
    "-from:alice": {"older boats https://halyard.example", "@alice `boats`", "boats between us"},
    'in:"harbour offices"': {"boats in the channel"},
    'in:"#HARBOUR OFFICES" boats': {"boats in the channel"},
    "in:@bob": {"boats between us"},
    'in:@bob in:"harbour offices"': {"boats between us", "boats in the channel"},
    "in:nowhere": set(),
    "has:link": {"older boats https://halyard.example"},
    "has:code": {"@alice `boats`"},
    "has:reaction": {"liked boats"},
    "has:pin": {"pinned boats"},
    "has:thread": {"pinned boats"},
    "is:thread": {"boats in a thread"},
    "old -has:link": {"old boats"},
    "mentions:me": {"@alice `boats`"},
    "before:2025": {"older boats https://halyard.example"},
    "during:2025-03": {"old boats"},
    "on:2025-03-05": {"old boats"},
    "after:2024 before:2026": {"old boats"},
    "old -during:2025": {"older boats https://halyard.example"},
    "from:bob has:link before:2025 boats": {"older boats https://halyard.example"},
    "is:unread": {"@alice `boats`", "pinned boats", "liked boats", "boats between us"},
}


@pytest.mark.parametrize("walked", [3_000, 2], ids=["reading few rows", "by what is rare"])
def test_filters(alice: User, talk: None, find: Find, monkeypatch: pytest.MonkeyPatch, walked: int) -> None:
    monkeypatch.setattr(candidates, "READ_AS_A_WHOLE", walked)
    monkeypatch.setattr(candidates, "WALKED", walked)
    monkeypatch.setattr(candidates, "WALKED_AT_MOST", walked)

    found = {q: find(alice, q) for q in BOATS}

    assert {q: set(texts) for q, texts in found.items()} == BOATS
    assert not [q for q, texts in found.items() if len(texts) != len(set(texts))]


def test_a_filter_whose_value_says_nothing_is_left_out_and_named(
    alice: User, halyard: Organisation, room: Room
) -> None:
    say(alice, room, "boats")

    page = search_messages(user=alice, organisation=halyard, q="boats has:wings before:tuesday")

    assert page.left_out == ("has:wings", "before:tuesday")
    assert [item.message.content for item in page.items] == ["boats"]


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
