"""A room in the browser: what was said, in which order, from where on it is new, and writing without script."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.read import mark_read
from chat.models import Message, Room
from chat.rooms.services.rooms import archive_room
from tests.chat.steps import say, say_all
from tests.factories import make_room, make_user

pytestmark = pytest.mark.django_db


def test_a_room_shows_what_was_said(browser: Client, alice: User, bob: User, room: Room) -> None:
    say_all(bob, room, "Morning!", "<script>alert(1)</script>")

    page = browser.get(f"/rooms/{room.pk}/").content.decode()

    assert "<title>design - Halyard</title>" in page
    assert page.count('<li class="feed__item"') == 3  # two, and the blank one that scripts fill
    assert "<script>alert" not in page
    assert page.index('class="feed__new"') < page.index("Morning!")


def test_the_divider_stands_before_the_first_unread_message(
    browser: Client, alice: User, bob: User, room: Room
) -> None:
    say_all(bob, room, "read", "unread")
    mark_read(actor=alice, room_id=room.pk, seq=1)

    page = browser.get(f"/rooms/{room.pk}/").content.decode()

    assert page.index(">read<") < page.index('class="feed__new"') < page.index(">unread<")


def test_messages_of_one_author_in_a_row_are_grouped(browser: Client, alice: User, bob: User, room: Room) -> None:
    say_all(alice, room, "one", "two")
    say_all(bob, room, "three")

    page = browser.get(f"/rooms/{room.pk}/").content.decode()

    assert page.count("data-grouped") == 1
    assert page.count('class="feed__day"') == 1


def test_a_link_to_a_message_marks_it(browser: Client, alice: User, room: Room) -> None:
    message = say_all(alice, room, "here", "there")[0]

    page = browser.get(message.get_absolute_url()).content.decode()

    assert f'<li class="feed__item" data-target id="message-{message.pk}"' in page


def test_a_message_is_not_found_in_another_room(
    browser: Client, alice: User, halyard: Organisation, room: Room
) -> None:
    message = say(alice, room, "here")
    other = make_room(halyard, "kitchen", admin=alice)

    assert browser.get(f"/rooms/{other.pk}/messages/{message.pk}/").status_code == 404


def test_history_comes_in_pages(browser: Client, alice: User, room: Room) -> None:
    say_all(alice, room, *map(str, range(120)))

    newest = browser.get(f"/rooms/{room.pk}/feed/")
    older = browser.get(f"/rooms/{room.pk}/feed/?before=71")
    first = browser.get(f"/rooms/{room.pk}/feed/?before=21")
    after = browser.get(f"/rooms/{room.pk}/feed/?after=100")

    assert [page.content.count(b"<li ") for page in (newest, older, first, after)] == [50, 50, 20, 20]
    assert [page["X-Has-Older"] for page in (newest, older, first, after)] == ["true", "true", "false", "true"]
    assert [page["X-Has-Newer"] for page in (newest, older, first, after)] == ["false", "true", "true", "false"]


def test_changes_bring_what_was_missed(browser: Client, alice: User, room: Room) -> None:
    first, second, third = say_all(alice, room, "one", "two", "three")
    edit_message(actor=alice, message_id=first.pk, content="uno")
    delete_message(actor=alice, message_id=second.pk)

    missed = browser.get(f"/rooms/{room.pk}/changes/?since=3")
    ahead = browser.get(f"/rooms/{room.pk}/changes/?since=99")

    assert [missed[name] for name in ("X-Version", "X-Has-More", "X-Reset")] == ["5", "false", "false"]
    assert b"uno" in missed.content and b"was deleted" in missed.content and b"three" not in missed.content
    assert ahead["X-Reset"] == "true"


@pytest.mark.parametrize("query", ["before=x", "after=-1", "around=1e9", "before=9999999999999999999999", "after=²"])
def test_nonsense_in_the_query_is_a_bad_request(browser: Client, room: Room, query: str) -> None:
    assert browser.get(f"/rooms/{room.pk}/feed/?{query}").status_code == 400


def test_a_client_id_of_another_text_is_refused_beside_the_composer(browser: Client, alice: User, room: Room) -> None:
    say_all(alice, room, "first")
    Message.objects.update(client_id="once")

    answer = browser.post(f"/rooms/{room.pk}/messages/", {"content": "second", "client_id": "once"})

    assert answer.status_code == 422
    assert b"This client_id was used before." in answer.content


def test_writing_without_script(browser: Client, alice: User, room: Room) -> None:
    answer = browser.post(f"/rooms/{room.pk}/messages/", {"content": "  Hello  "})

    assert answer.headers["Location"] == f"/rooms/{room.pk}/"
    assert Message.objects.get().content == "Hello"


def test_a_message_that_is_too_long_stays_in_the_form(browser: Client, room: Room) -> None:
    answer = browser.post(f"/rooms/{room.pk}/messages/", {"content": "x" * 10_001})

    assert answer.status_code == 422
    assert b"up to 10000 characters" in answer.content
    assert b"x" * 10_001 in answer.content


def test_an_archived_room_is_read_only(browser: Client, alice: User, room: Room) -> None:
    archive_room(actor=alice, room_id=room.pk)

    page = browser.get(f"/rooms/{room.pk}/").content.decode()

    assert "This room is archived" in page and "<room-composer" not in page
    assert browser.post(f"/rooms/{room.pk}/messages/", {"content": "hi"}).status_code == 403


def test_earlier_wordings_can_be_read_until_deletion(browser: Client, alice: User, room: Room) -> None:
    message = say(alice, room, "four")
    edit_message(actor=alice, message_id=message.pk, content="five")
    path = f"/messages/{message.pk}/revisions/"

    assert b">four</p>" in browser.get(path).content
    delete_message(actor=alice, message_id=message.pk)
    assert browser.get(path).status_code == 404


def test_scripts_are_told_how_many_faces_are_shown(browser: Client, halyard: Organisation, alice: User) -> None:
    room = make_room(halyard, "crowd", admin=alice, members=[make_user(f"Person {n}") for n in range(4)])

    faces = browser.get(f"/rooms/{room.pk}/faces/").content.decode()

    assert 'data-limit="3"' in faces and faces.count('class="avatar avatar') == 3


def test_pins_come_in_pages(browser: Client, alice: User, room: Room) -> None:
    say_all(alice, room, *map(str, range(52)))
    Message.objects.update(pinned_at=timezone.now(), pinned_by=alice)
    path = f"/rooms/{room.pk}/pins/"

    newest = browser.get(path, headers={"X-Fragment": "1"}).content.decode()
    [older] = re.findall(r"\?before=[0-9a-f-]+", newest)
    oldest = browser.get(path + older, headers={"X-Fragment": "1"}).content.decode()

    assert [page.count("data-pin=") for page in (newest, oldest)] == [50, 2]
    assert ">2</p>" in newest and ">1</p>" in oldest
    assert "?before=" not in oldest and f'href="{path}"' in oldest


def test_an_unknown_room_is_a_page_of_its_own(browser: Client) -> None:
    assert browser.get(f"/rooms/{uuid4()}/").status_code == 404
