"""The inbox of mentions, over REST and as a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.mentions import inbox
from chat.mentions.inbox import load_inbox
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import Draft, post_message, post_messages
from chat.messages.services.read import mark_read
from chat.models import Room
from chat.rooms.services.membership import leave_room
from chat.rooms.services.rooms import open_direct_room
from chat.threads.services import mark_thread_read
from tests.conftest import ApiFor, ClientFor


@pytest.fixture
def written(alice: User, bob: User, room: Room) -> dict[str, str]:
    """What Alice wrote, by its id: Bob has read the first one."""
    root = post_message(actor=bob, room_id=room.pk, content="@bob is me").message
    texts = ["@bob read", "@room all", "nobody", "@robin"]
    messages = [post_message(actor=alice, room_id=room.pk, content=text).message for text in texts]
    messages.append(post_message(actor=alice, room_id=room.pk, content="@bob thread", thread_id=root.pk).message)
    later = post_message(actor=alice, room_id=room.pk, content="later").message
    edit_message(actor=alice, message_id=later.pk, content="@bob edited in")
    gone = post_message(actor=alice, room_id=room.pk, content="@bob gone").message
    delete_message(actor=alice, message_id=gone.pk)
    mark_read(actor=bob, room_id=room.pk, seq=2)
    return {str(message.pk): message.content for message in messages}


def test_mentions_by_others_are_listed_newest_first(api_for: ApiFor, bob: User, written: dict[str, str]) -> None:
    items = api_for(bob).call("GET", "/orgs/halyard/mentions").json()["items"]

    assert [(each["message"]["content"], each["is_unread"], each["is_broadcast"]) for each in items] == [
        ("@bob edited in", True, False),
        ("@bob thread", True, False),
        ("@room all", True, True),
        ("@bob read", False, False),
    ]


def test_a_mention_stands_where_its_message_was_written(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = post_message(actor=alice, room_id=room.pk, content="early").message
    post_message(actor=alice, room_id=room.pk, content="@bob late")
    edit_message(actor=alice, message_id=early.pk, content="@bob early")
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    post_messages([Draft(alice, room.pk, f"@bob imported {n}", created_at=moment) for n in range(2)])
    wanted = ["@bob late", "@bob early", "@bob imported 1", "@bob imported 0"]
    monkeypatch.setattr(inbox, "PAGE", 1)

    pages, before, cursor = [], None, ""
    for _number in wanted:
        page = load_inbox(user=bob, organisation=halyard, before=before)
        listed = api_for(bob).call("GET", f"/orgs/halyard/mentions?limit=1{cursor}").json()
        pages.append((page.items[0].message.content, listed["items"][0]["message"]["content"]))
        before, cursor = page.older, f"&cursor={listed['next_cursor']}"

    assert pages == [(content, content) for content in wanted]
    assert (before, cursor) == (None, "&cursor=None")


def test_only_unread_ones_are_listed_on_demand(
    api_for: ApiFor, client_for: ClientFor, bob: User, room: Room, written: dict[str, str]
) -> None:
    def listed() -> list[str]:
        items = api_for(bob).call("GET", "/orgs/halyard/mentions?unread=true").json()["items"]
        return [each["message"]["content"] for each in items]

    assert listed() == ["@bob edited in", "@bob thread", "@room all"]
    page = client_for(bob).get("/o/halyard/mentions/?unread=on").content.decode()
    assert page.count("message-list__actions") == 3
    mark_read(actor=bob, room_id=room.pk, seq=99)
    assert listed() == ["@bob thread"]
    root = room.messages.get(content="@bob is me")
    mark_thread_read(actor=bob, root_id=root.pk, seq=1)
    assert listed() == []
    assert "You have read all of them" in client_for(bob).get("/o/halyard/mentions/?unread=on").content.decode()


def test_mentions_end_with_the_membership(api_for: ApiFor, bob: User, room: Room, written: dict[str, str]) -> None:
    leave_room(actor=bob, room_id=room.pk)

    assert api_for(bob).call("GET", "/orgs/halyard/mentions").json()["items"] == []


def test_a_stranger_sees_no_inbox(api_for: ApiFor, client_for: ClientFor, charlie: User, halyard: Organisation) -> None:
    assert api_for(charlie).call("GET", "/orgs/halyard/mentions").status_code == 404
    assert client_for(charlie).get("/o/halyard/mentions/").status_code == 404


def test_an_inbox_takes_two_queries(
    alice: User,
    bob: User,
    halyard: Organisation,
    written: dict[str, str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    for _number in range(5):
        post_message(actor=alice, room_id=direct.pk, content="@bob")

    with django_assert_num_queries(2):  # mentions, who else is in direct rooms
        found = load_inbox(user=bob, organisation=halyard)

    assert {each.room_name for each in found.items} == {"Alice", "design"}
