"""A kept panel of a thread is what a new one would be, for its reader alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, User
from accounts.profiles.services.profile import update_profile
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.reactions import add_reaction
from chat.models import Message, Room
from chat.rooms.services.members import remove_member
from chat.rooms.services.rooms import archive_room, delete_room, update_room
from chat.threads.services import mark_thread_read, unfollow_thread
from tests.chat.room_page.kept_page import Reader, forget_pages
from tests.chat.steps import reply, say
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(lively: Room, bob: User, alice: User, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A message of Alice's with three replies."""
    root = Message.objects.filter(room=lively).earliest("seq")
    for author, text in ((bob, "One"), (alice, "Two"), (bob, "Three")):
        reply(author, root, text)
    forget_pages(monkeypatch)
    return root


Change = Callable[[Message, User, User], object]
CHANGES: dict[str, Change] = {
    "a reply": lambda root, alice, bob: reply(bob, root, "Four"),
    "a reply in the room too": lambda root, alice, bob: reply(bob, root, "Four", also_in_room=True),
    "a message": lambda root, alice, bob: say(bob, root.room),
    "an edit": lambda root, alice, bob: edit_message(actor=bob, message_id=find_reply(root).pk, content="First"),
    "an edit of the root": lambda root, alice, bob: edit_message(actor=alice, message_id=root.pk, content="Edited"),
    "a deletion": lambda root, alice, bob: delete_message(actor=bob, message_id=find_reply(root).pk),
    "a deleted root": lambda root, alice, bob: delete_message(actor=alice, message_id=root.pk),
    "a reaction": lambda root, alice, bob: add_reaction(actor=bob, message_id=root.pk, emoji="👍"),
    "a name": lambda root, alice, bob: update_profile(actor=alice, name="Alice Anchor"),
    "a language": lambda root, alice, bob: update_profile(actor=bob, language="de"),
    "reading": lambda root, alice, bob: mark_thread_read(actor=alice, root_id=root.pk, seq=3),
    "unfollowing": lambda root, alice, bob: unfollow_thread(actor=bob, root_id=root.pk),
    "a room's name": lambda root, alice, bob: update_room(actor=alice, room_id=root.room_id, name="mast"),
    "an archived room": lambda root, alice, bob: archive_room(actor=alice, room_id=root.room_id),
    "a deleted room": lambda root, alice, bob: delete_room(actor=alice, room_id=root.room_id),
    "a member less": lambda root, alice, bob: remove_member(actor=alice, room_id=root.room_id, user_id=bob.pk),
    "an organisation's member less": lambda root, alice, bob: Membership.objects.filter(user=bob).delete(),
}


def find_reply(root: Message) -> Message:
    return Message.objects.filter(thread=root.pk).earliest("thread_seq")


def read_by(client_for: ClientFor, root: Message, *people: User) -> list[Reader]:
    readers = [Reader(client_for(person), root.room, part) for person in people for part in ("", "main", "1")]
    for reader in readers:
        reader.path = f"/messages/{root.pk}/thread/"
    return readers


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_shows_at_once(
    client_for: ClientFor,
    root: Message,
    alice: User,
    bob: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    change: Change,
) -> None:
    readers = read_by(client_for, root, alice, bob)
    before = [[reader.read() for _ in range(3)][-1] for reader in readers]

    with django_capture_on_commit_callbacks(execute=True):
        change(root, alice, bob)
    kept = [reader.read() for reader in readers]
    kept_twice = [reader.read() for reader in readers]

    forget_pages(monkeypatch)
    assert kept == kept_twice == [reader.read() for reader in readers]
    assert kept != before


def test_a_kept_panel_is_made_of_no_query_but_its_own(
    client_for: ClientFor, root: Message, bob: User, charlie: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader = read_by(client_for, root, bob)[-1]
    for _ in range(3):
        panel = reader.read()

    with django_assert_num_queries(6):  # session, user; thread, replies, room, members
        assert reader.read() == panel
    assert read_by(client_for, root, charlie)[-1].read() == "404"
    assert "Three" in panel


def test_a_panel_at_a_reply_is_not_kept(client_for: ClientFor, root: Message, bob: User) -> None:
    reader = read_by(client_for, root, bob)[-1]
    plain = [reader.read() for _ in range(3)][-1]
    reader.path += f"?reply={find_reply(root).pk}"

    assert "data-target" in reader.read() and "data-target" not in plain
