"""Search entries follow their messages; what reads them misses none."""

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from chat import search_index
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import Draft, post_messages
from chat.models import Message, Room, SearchEntry
from chat.search_index import PENDING_AT_MOST, fill_search_index, index_pending_messages, position_of
from lib.db import trigrams
from tests.chat.search.conftest import Find
from tests.chat.steps import say, say_all

pytestmark = pytest.mark.django_db


def texts() -> list[str | None]:
    index_pending_messages()
    return list(SearchEntry.objects.order_by("position", "pk").values_list("text", flat=True))


def test_a_posted_message_has_an_entry(alice: User, room: Room) -> None:
    message = say(alice, room, "**Tea** at four?")

    index_pending_messages()
    entry = SearchEntry.objects.get(message=message)
    assert (entry.text, entry.room_id, entry.position) == (
        " tea at four?",
        room.pk,
        position_of(message.created_at),
    )


def test_an_edited_message_is_found_by_its_new_words_alone(alice: User, room: Room) -> None:
    message = say(alice, room, "Tea?")

    edit_message(actor=alice, message_id=message.pk, content="Coffee?")

    assert texts() == [" coffee?"]


def test_a_deleted_message_leaves_the_index(alice: User, room: Room) -> None:
    message = say(alice, room, "Tea?")

    delete_message(actor=alice, message_id=message.pk)

    assert texts() == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL indexes each message at once")
def test_messages_wait_until_a_few_are_indexed_together(alice: User, room: Room) -> None:
    say_all(alice, room, *map(str, range(PENDING_AT_MOST - 1)))
    assert not SearchEntry.objects.exists()

    say(alice, room, "the last")

    assert SearchEntry.objects.count() == PENDING_AT_MOST


def test_what_waits_is_found_by_every_process(alice: User, room: Room, find: Find) -> None:
    """Nothing that a process keeps tells what waits: it may have been killed."""
    say(alice, room, "the first boat")
    assert find(alice, "boat") == ["the first boat"]

    second, third = say_all(alice, room, "the second boat", "a third one")
    delete_message(actor=alice, message_id=second.pk)
    edit_message(actor=alice, message_id=third.pk, content="the third boat")
    assert not SearchEntry.objects.filter(message=third).exists() or connection.vendor != "sqlite"
    post_messages([Draft(alice, room.pk, "the fourth boat", created_at=third.created_at.replace(year=2001))])

    assert find(alice, "boat", order="newest") == ["the third boat", "the first boat", "the fourth boat"]


def test_what_waits_is_found_behind_what_was_imported_or_edited(alice: User, room: Room, find: Find) -> None:
    first = say(alice, room, "a boat")
    index_pending_messages()
    old = Draft(alice, room.pk, "an old boat", created_at=first.created_at.replace(year=2001))
    post_messages([old])
    assert len(find(alice, "boat")) == 2

    edit_message(actor=alice, message_id=first.pk, content="my boat")
    say(alice, room, "a new boat")

    assert sorted(find(alice, "boat")) == ["a new boat", "an old boat", "my boat"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL indexes each message at once")
def test_more_than_one_transaction_indexes_what_waits(
    alice: User, room: Room, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "PENDING", search_index.PENDING.replace("LIMIT 500", "LIMIT 2"))
    monkeypatch.setattr(search_index, "INDEXED_AT_ONCE", 2)
    say_all(alice, room, *["a boat"] * 5)

    assert len(find(alice, "boat")) == 5


def test_links_and_code_are_terms_that_nobody_types(alice: User, room: Room) -> None:
    say_all(alice, room, "https://halyard.example/a", "run `make`")

    assert not any(text and text.endswith(("a", "`", "make")) for text in texts())


def test_the_rows_of_a_deleted_room_are_gone(alice: User, room: Room) -> None:
    say(alice, room, "Tea?")

    room.delete()

    assert texts() == []


def test_enough_new_rows_are_indexed_together(alice: User, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trigrams, "INDEXED_AT_ONCE", 3)
    monkeypatch.setattr(trigrams._unindexed, "rows", 0)

    say_all(alice, room, "one", "two")
    index_pending_messages()
    assert count_indexed() in (0, None)
    say(alice, room, "three")
    index_pending_messages()
    assert count_indexed() in (3, None)


def count_indexed() -> int | None:
    """How many rows SQLite's index has; PostgreSQL's has them all."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM chat_searchentry_fts_docsize")
        return int(cursor.fetchone()[0])


def test_messages_from_before_there_was_an_index_are_filled_in_the_order_of_their_times(
    alice: User, room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    said = post_messages([Draft(alice, room.pk, text) for text in ("one", "two", "three")])
    first = said[0].message  # type: ignore[union-attr]
    Message.objects.filter(pk=first.pk).update(created_at=first.created_at.replace(year=2036))
    delete_message(actor=alice, message_id=said[1].message.pk)  # type: ignore[union-attr]
    SearchEntry.objects.all().delete()

    fill_search_index(apps.get_app_config("chat"), "default")

    assert texts() == [" three", " one"]
    assert count_indexed() in (2, None)
    assert "2 of 2" in capsys.readouterr().out


def test_filling_goes_on_where_it_stopped(alice: User, room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    say_all(alice, room, "one", "two", "three")
    index_pending_messages()
    SearchEntry.objects.filter(text=" two").update(text=None)

    fill_search_index(apps.get_app_config("chat"), "default")

    assert texts() == [" one", " two", " three"]
    assert "1 of 1" in capsys.readouterr().out


def test_nothing_is_said_where_nothing_is_to_be_filled(
    alice: User, room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    say(alice, room)
    index_pending_messages()

    fill_search_index(apps.get_app_config("chat"), "default")

    assert capsys.readouterr().out == ""


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no trigger to lose")
def test_a_lost_trigger_is_made_again(alice: User, room: Room) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER chat_searchentry_removed")
        fill_search_index(apps.get_app_config("chat"), "default")
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'chat_searchentry_removed'")

        assert cursor.fetchone() == (1,)


def test_the_admin_searches_messages_as_users_do(alice: User, room: Room) -> None:
    say_all(alice, room, "Hauptstraße 4", "elsewhere")
    index_pending_messages()

    found = Message.objects.filter(search_entry__text__icontains="STRASSE")

    assert [message.content for message in found] == ["Hauptstraße 4"]
