"""Rows of rooms and messages in the admin: readable, and discreet about what is kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.edit import edit_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction
from chat.models import Bookmark, Mention, MessageRevision, Reaction, Room
from chat.rooms.services.rooms import open_direct_room

pytestmark = pytest.mark.django_db


def shown(browser: Client, name: str, page: str = "changelist", *args: Any) -> str:
    return browser.get(reverse(f"admin:chat_{name}_{page}", args=args)).content.decode()


def test_rows_are_called_by_people_and_numbers(alice: User, bob: User, room: Room) -> None:
    message = post_message(actor=alice, room_id=room.pk, content="Ask @bob").message
    add_reaction(actor=bob, message_id=message.pk, emoji="👍")
    edit_message(actor=alice, message_id=message.pk, content="Ask @bob, please")

    assert str(message) == "#1 by Alice"
    assert str(Mention.objects.get()) == "Bob in #1"
    assert str(Reaction.objects.get()) == "👍 by Bob"
    assert str(MessageRevision.objects.get()).startswith("Wording until 20")


@pytest.mark.parametrize("name", ["room", "roommember", "message"])
def test_a_direct_room_says_whose_it_is(
    browser: Client, alice: User, bob: User, halyard: Organisation, name: str
) -> None:
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    post_message(actor=alice, room_id=direct.pk, content="Morning")

    assert "Alice, Bob" in shown(browser, name)


def test_who_keeps_what_is_not_told(browser: Client, alice: User, bob: User, room: Room) -> None:
    message = post_message(actor=alice, room_id=room.pk, content="Keep this").message
    bookmark_message(actor=bob, message_id=message.pk)

    for page in (shown(browser, "bookmark"), shown(browser, "bookmark", "change", Bookmark.objects.get().pk)):
        assert "Kept at" in page or "Created at" in page
        assert "Bob" not in page and str(message) not in page and str(message.pk) not in page
