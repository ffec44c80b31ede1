"""Pieces of texts are found by an index, and only by it."""

import pytest
from django.db import connection

from accounts.models import User
from chat.models import Room, SearchEntry
from chat.search_index import index_pending_messages
from lib.db.trigrams import can_be_indexed, index_rows
from tests.chat.steps import say, say_all

pytestmark = pytest.mark.django_db


def find(*pieces: str) -> list[str]:
    indexed = [piece for piece in pieces if can_be_indexed(piece)]
    entries = SearchEntry.objects.indexed_with(indexed) if indexed else SearchEntry.objects.all()
    for piece in pieces:
        entries = entries.filter(text__holds=piece)
    return sorted(entries.values_list("message__content", flat=True))


@pytest.mark.parametrize("is_indexed", [True, False])
def test_rows_are_found_before_and_after_they_are_indexed(alice: User, room: Room, is_indexed: bool) -> None:
    say_all(alice, room, "the harbour office", "an arbour", "a boat")
    index_pending_messages()
    if is_indexed and connection.vendor == "sqlite":
        index_rows(SearchEntry)

    assert find("arbour") == ["an arbour", "the harbour office"]
    assert find("arbour", "office") == ["the harbour office"]


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("100%", ["100% sure"]),
        ("a_ b", ["a_b"]),
        ("_", ["a_b"]),
        ("\\ d", ["c\\d"]),
        ('" quo', ['"quoted"']),
        (" near ", ["who is NEAR me"]),
    ],
)
def test_wildcards_quotes_and_operators_are_characters(alice: User, room: Room, piece: str, found: list[str]) -> None:
    say_all(alice, room, "100% sure", "1000 sure", "a_b", "axb", "c\\d", "c.d", '"quoted"', "who is NEAR me")
    index_pending_messages()
    if connection.vendor == "sqlite":
        index_rows(SearchEntry)

    assert find(piece) == found


def test_a_row_that_is_removed_leaves_the_index(alice: User, room: Room) -> None:
    say(alice, room, "the harbour office")
    index_pending_messages()
    if connection.vendor == "sqlite":
        index_rows(SearchEntry)

    SearchEntry.objects.all().delete()

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM chat_searchentry_fts WHERE chat_searchentry_fts MATCH 'har'")
        else:
            cursor.execute("SELECT count(*) FROM chat_searchentry WHERE text LIKE '%har%'")
        assert cursor.fetchone() == (0,)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL estimates which way is shorter")
def test_the_index_is_asked_and_no_row_is_read_besides(alice: User, room: Room) -> None:
    plan = SearchEntry.objects.indexed_with(["arbour"]).filter(text__holds="arbour").explain()

    assert "VIRTUAL TABLE INDEX" in plan
    assert "SEARCH chat_searchentry USING INTEGER PRIMARY KEY" in plan


def test_a_window_is_read_in_its_order_and_nothing_else(alice: User, room: Room) -> None:
    say_all(alice, room, "a boat", "a boat of old", "a gate", "a new boat")
    index_pending_messages()
    entries = SearchEntry.objects.order_by("-pk")
    found = SearchEntry.objects.filter(text__holds="boat", message__author=alice).order_by("-pk")

    within = [entry.text for entry in found.within(entries[:3])]
    gates = SearchEntry.objects.filter(text__holds="gate").union(
        SearchEntry.objects.filter(text__holds="new"), all=True
    )
    united = [entry.text for entry in found.within(gates)]

    assert within == [" a new boat", " a boat of old"]
    assert united == [" a new boat"]
    assert found.within(entries[:3]).values("pk")[:5].count() == 2
