"""The JSON of a message is the same by any way, and that of its schema."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.messages import message_json
from chat.messages.message_json import encode_messages
from chat.messages.queries.feed import Window, message_keys
from chat.messages.schemas import MessageOut
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.forward import forward_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import Draft, post_draft, post_message
from chat.messages.services.reactions import add_reaction
from chat.models import Message, Room
from lib.cache import LRUCache
from tests.chat.steps import say

Step = Callable[[User, User, Message], object]
STEPS: dict[str, Step] = {
    "plain": lambda alice, bob, message: None,
    "edited": lambda alice, bob, message: edit_message(
        actor=alice, message_id=message.pk, content="@bob “see” <b>\n日本"
    ),
    "deleted": lambda alice, bob, message: delete_message(actor=alice, message_id=message.pk),
    "pinned": lambda alice, bob, message: pin_message(actor=bob, message_id=message.pk),
    "reaction": lambda alice, bob, message: [
        add_reaction(actor=actor, message_id=message.pk, emoji=emoji)
        for actor, emoji in ((bob, "👍"), (alice, "👍"), (bob, "🎉"))
    ],
    "picture": lambda alice, bob, message: User.objects.filter(pk=alice.pk).update(avatar="avatars/0f.webp"),
    "forward": lambda alice, bob, message: forward_message(
        actor=bob, message_id=message.pk, room_id=message.room_id, client_id="f"
    ),
    "action": lambda alice, bob, message: post_draft(Draft(alice, message.room_id, "waves", is_action=True)),
    "answer": lambda alice, bob, message: post_message(
        actor=bob, room_id=message.room_id, content="yes @alice", reply_to=message.pk, client_id='a"b'
    ),
}


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_json, "_bodies", LRUCache(1024 * 1024, size_of=len))


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_plain_rows_give_what_the_schema_says(alice: User, bob: User, room: Room, step: Step) -> None:
    step(alice, bob, say(alice, room, "hi **there**"))
    keys = [key[:4] for key in message_keys(room.pk, Window())]
    messages = Message.objects.for_rendering().order_by("seq")
    expected = [MessageOut.of(message).model_dump_json().encode() for message in messages]

    message_json._bodies = LRUCache(1024 * 1024, size_of=len)
    assert encode_messages(keys) == expected
    assert [message_json.encode_message(message, key) for message, key in zip(messages, keys, strict=True)] == expected


@pytest.mark.parametrize("number", [1, 3, 10, 12])
def test_any_number_is_loaded_once(
    alice: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for n in range(number):
        say(alice, room, f"number {n}")
    keys = [key[:4] for key in message_keys(room.pk, Window())]
    kept = encode_messages(keys)

    message_json._bodies = LRUCache(1024 * 1024, size_of=len)
    with django_assert_num_queries(1):
        assert encode_messages(keys) == kept
    with django_assert_num_queries(0):
        assert encode_messages(keys) == kept


def test_a_message_that_went_meanwhile_is_none(alice: User, room: Room) -> None:
    [key] = [key[:4] for key in message_keys(say(alice, room).room_id, Window())]
    room.delete()
    message_json._bodies = LRUCache(1024 * 1024, size_of=len)

    assert encode_messages([key]) == [None]
