"""What leads to a reply - copied links, pins, bookmarks - leads to its thread, at that reply."""

from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import Draft, Posted, post_messages
from chat.models import Message, Room
from tests.chat.steps import reply, say
from tests.conftest import ApiClient


@pytest.fixture
def replies(bob: User, message: Message) -> list[Message]:
    """Two hundred replies to a question of Alice's: more than a page."""
    drafts = [Draft(bob, message.room_id, f"reply {n}", thread_id=message.pk) for n in range(1, 201)]
    return [outcome.message for outcome in post_messages(drafts) if isinstance(outcome, Posted)]


def link(room_id: UUID, message_id: UUID) -> str:
    return f"/rooms/{room_id}/messages/{message_id}/"


def test_a_link_to_a_reply_opens_its_thread_at_the_reply(browser: Client, replies: list[Message]) -> None:
    wanted = replies[20]
    page = browser.get(link(wanted.room_id, wanted.pk), follow=True)

    html = page.content.decode()
    assert page.status_code == 200
    assert f'data-target id="reply-{wanted.pk}"' in html.replace(" data-grouped", "")
    assert f'id="reply-{replies[-1].pk}"' not in html


def test_a_link_to_a_reply_that_is_in_the_room_too_opens_the_room_there(
    browser: Client, bob: User, message: Message
) -> None:
    answer = reply(bob, message, also_in_room=True)
    page = browser.get(link(message.room_id, answer.pk))

    assert page.status_code == 200
    assert f'data-target id="message-{answer.pk}"' in page.content.decode()


def test_a_thread_at_a_reply_of_another_thread_opens_as_ever(
    browser: Client, bob: User, room: Room, replies: list[Message]
) -> None:
    other = reply(bob, say(bob, room, "Cake?"))
    page = browser.get(f"/messages/{replies[0].thread_id}/thread/?reply={other.pk}")

    assert page.status_code == 200
    assert "data-target" not in page.content.decode()


def test_the_replies_of_a_page_have_ids_of_their_own(browser: Client, replies: list[Message]) -> None:
    html = browser.get(f"/messages/{replies[0].thread_id}/thread/?reply={replies[3].pk}").content.decode()

    assert not [answer for answer in replies if f'id="message-{answer.pk}"' in html]


def test_pins_and_bookmarks_of_replies_lead_to_them(
    browser: Client, ann: ApiClient, alice: User, replies: list[Message]
) -> None:
    wanted = replies[0]
    pin_message(actor=alice, message_id=wanted.pk)
    bookmark_message(actor=alice, message_id=wanted.pk)

    for page in (f"/rooms/{wanted.room_id}/pins/", "/o/halyard/saved/"):
        assert f'href="{link(wanted.room_id, wanted.pk)}"' in browser.get(page).content.decode()
    [pinned] = ann.call("GET", f"/rooms/{wanted.room_id}/pins").json()["items"]
    assert (pinned["seq"], pinned["thread_id"], pinned["thread_seq"]) == (None, str(wanted.thread_id), 1)
    [saved] = ann.call("GET", "/me/bookmarks?org=halyard").json()["items"]
    assert (saved["message"]["seq"], saved["message"]["thread_seq"]) == (None, 1)
