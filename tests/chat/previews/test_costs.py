from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.messages import message_html, message_json
from chat.messages.queries.feed import Window, feed_page, history_json
from chat.models import Room
from lib.cache import LRUCache
from tests.chat.previews.steps import build_page, say_and_look
from tests.chat.steps import INDEXING, say
from tests.webserver import WebServer

pytestmark = pytest.mark.django_db


def test_a_feed_with_previews_takes_no_more_queries(
    alice: User,
    room: Room,
    site: WebServer,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        say_and_look(alice, room, site.put(f"/{number}", build_page("Tides")))
    monkeypatch.setattr(message_html, "cache", LRUCache(1024 * 1024, lambda rendered: rendered.size))
    monkeypatch.setattr(message_json, "_bodies", LRUCache(1024 * 1024, len))

    with django_assert_num_queries(3):  # the room, the keys, the messages
        page = feed_page(user=alice, room_id=room.pk, window=Window())
    monkeypatch.setattr(message_json, "_bodies", LRUCache(1024 * 1024, len))
    with django_assert_num_queries(3):
        history_json(user=alice, room_id=room.pk, window=Window())

    assert all("link-card" in item.html for item in page.items)


def test_a_message_without_links_takes_no_more_queries(
    alice: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    say(alice, room, "First")

    with django_assert_num_queries(7 + INDEXING):
        say(alice, room, "Second")
