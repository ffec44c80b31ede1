"""Each filter finds what it asks for, whichever way it is looked for."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.messages.services.pins import pin_message
from chat.messages.services.post import Draft, post_messages
from chat.messages.services.reactions import add_reaction
from chat.messages.services.read import mark_read
from chat.models import Room, RoomMember
from chat.rooms.services.rooms import open_direct_room
from chat.search import filters
from chat.search.queries import candidates
from chat.search.queries.messages import Total, search_messages
from chat.search_index import index_pending_messages
from tests.chat.search.conftest import Find
from tests.chat.steps import say, say_all

pytestmark = pytest.mark.django_db


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
    "is:unread in:@bob": {"boats between us"},
    "old -is:unread": {"old boats", "older boats https://halyard.example"},
}


@pytest.mark.parametrize(
    ("walked", "few_rooms"),
    [(3_000, 16), (2, 16), (2, 0)],
    ids=["reading few rows", "by what is rare", "of many rooms"],
)
def test_filters(
    alice: User, talk: None, find: Find, monkeypatch: pytest.MonkeyPatch, walked: int, few_rooms: int
) -> None:
    monkeypatch.setattr(filters, "FEW_ROOMS", few_rooms)
    monkeypatch.setattr(candidates, "FEW_ROOMS", few_rooms)
    monkeypatch.setattr(candidates, "READ_AS_A_WHOLE", walked)
    monkeypatch.setattr(candidates, "WALKED", walked)
    monkeypatch.setattr(candidates, "WALKED_AT_MOST", walked)
    monkeypatch.setattr(candidates, "WALKED_OF_FEW", walked)

    found = {q: find(alice, q) for q in BOATS}

    assert {q: set(texts) for q, texts in found.items()} == BOATS
    assert not [q for q, texts in found.items() if len(texts) != len(set(texts))]


def test_where_all_is_read_no_message_is(
    bob: User, talk: None, halyard: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    RoomMember.objects.filter(user=bob).update(last_read_seq=100)

    index_pending_messages()

    with django_assert_max_num_queries(2):  # messages that wait for the index, rooms with anything unread
        page = search_messages(user=bob, organisation=halyard, q="is:unread boats")

    assert (page.items, page.total) == ([], Total(0, is_exact=True))


def test_a_filter_whose_value_says_nothing_is_left_out_and_named(
    alice: User, halyard: Organisation, room: Room
) -> None:
    say(alice, room, "boats")

    page = search_messages(user=alice, organisation=halyard, q="boats has:wings before:tuesday")

    assert page.left_out == ("has:wings", "before:tuesday")
    assert [item.message.content for item in page.items] == ["boats"]
