"""Keywords in messages: whom they tell, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, User
from chat.messages.services.edit import edit_message
from chat.messages.services.post import post_message
from chat.models import Room
from chat.rooms.services.members import add_member, remove_member
from chat.rooms.services.own_settings import change_own_settings
from chat.rooms.services.rooms import open_direct_room
from notifications.models import Notification
from notifications.places import Attention, load_attention, name_places
from notifications.preferences.services import change_settings
from tests.factories import make_room

pytestmark = pytest.mark.django_db


def told(user: User) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(user=user).order_by("pk")
    return [(row.kind, row.data.get("keyword", "")) for row in rows if row.kind != "room-added"]


def test_a_keyword_tells_members_who_want_to_hear_it(alice: User, bob: User, charlie: User, room: Room) -> None:
    for user in (alice, bob, charlie):
        change_settings(actor=user, keywords=["Ärzte", "tea"])

    post_message(actor=alice, room_id=room.pk, content="Die **arzte** kommen")
    post_message(actor=alice, room_id=room.pk, content="teapot")

    assert told(bob) == [("keyword", "Ärzte")]
    assert told(alice) == told(charlie) == [], "neither authors nor users who are not in the room"


def test_who_is_named_anyway_is_told_once(alice: User, bob: User, room: Room) -> None:
    change_settings(actor=bob, keywords=["tea"])

    post_message(actor=alice, room_id=room.pk, content="@bob tea?")

    assert told(bob) == [("mention", "")]


def test_a_keyword_that_is_typed_into_an_edited_message_tells_once(
    alice: User, bob: User, charlie: User, room: Room
) -> None:
    for user in (bob, charlie):
        change_settings(actor=user, keywords=["tea", "cake"])
    message = post_message(actor=alice, room_id=room.pk, content="Anyone?").message

    for content in ("Tea, anyone?", "Tea or cake, anyone?", "Cake, anyone?"):
        edit_message(actor=alice, message_id=message.pk, content=content)

    assert (told(bob), told(charlie)) == ([("keyword", "tea")], [])
    edit_message(actor=alice, message_id=message.pk, content="Nobody?")
    assert told(bob) == [], "what is edited out is taken back, as a mention is"


def test_an_edit_tells_of_no_keyword_who_is_told_of_the_message_anyway(
    alice: User, bob: User, halyard: Organisation, room: Room
) -> None:
    change_settings(actor=bob, keywords=["tea"])
    named = post_message(actor=alice, room_id=room.pk, content="@bob?").message
    root = post_message(actor=bob, room_id=room.pk, content="Plans?").message
    reply = post_message(actor=alice, room_id=room.pk, content="Hm", thread_id=root.pk).message
    direct, _ = open_direct_room(actor=alice, slug=halyard.slug, user_ids=[bob.pk])
    written = post_message(actor=alice, room_id=direct.pk, content="Hello").message
    before = told(bob)

    for message in (named, reply, written):
        edit_message(actor=alice, message_id=message.pk, content=f"{message.content} tea")

    assert told(bob) == before == [("mention", ""), ("reply", ""), ("direct", "")]
    late = post_message(actor=alice, room_id=room.pk, content="Hm").message
    edit_message(actor=alice, message_id=late.pk, content="@bob, tea?")
    assert told(bob)[3:] == [("mention", "")]


@pytest.mark.parametrize("quiet", [{"notification_level": "mentions"}, {"notification_level": "nothing"}])
def test_a_quiet_room_tells_none(alice: User, bob: User, room: Room, quiet: dict[str, str]) -> None:
    change_settings(actor=bob, keywords=["tea"])
    change_own_settings(actor=bob, room_id=room.pk, **quiet)

    post_message(actor=alice, room_id=room.pk, content="tea?")

    assert told(bob) == []


def test_keywords_hold_from_the_next_message_on(alice: User, bob: User, halyard: Organisation, room: Room) -> None:
    other = make_room(halyard, "kitchen", admin=alice)
    post_message(actor=alice, room_id=room.pk, content="tea?")
    change_settings(actor=bob, keywords=["tea"])
    post_message(actor=alice, room_id=room.pk, content="tea!")
    change_settings(actor=bob, keywords=["cake"])
    post_message(actor=alice, room_id=room.pk, content="tea and cake")
    assert told(bob) == [("keyword", "tea"), ("keyword", "cake")]

    post_message(actor=alice, room_id=other.pk, content="cake")
    add_member(actor=alice, room_id=other.pk, user_id=bob.pk)
    post_message(actor=alice, room_id=other.pk, content="more cake")
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)
    before = len(told(bob))
    post_message(actor=alice, room_id=room.pk, content="cake")

    assert len(told(bob)) == before
    assert Notification.objects.filter(user=bob, kind="keyword", place=other.pk).count() == 1


def test_a_plain_message_costs_the_same_with_keywords(alice: User, bob: User, room: Room) -> None:
    def count_queries(content: str) -> int:
        post_message(actor=alice, room_id=room.pk, content="warm")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            post_message(actor=alice, room_id=room.pk, content=content)
        return len(queries)

    without = count_queries("A plain one")
    change_settings(actor=bob, keywords=["tea"])

    assert count_queries("A plain one") == without


def test_rooms_answer_for_themselves(alice: User, bob: User, charlie: User, room: Room) -> None:
    pairs = {(bob.pk, room.pk), (charlie.pk, room.pk)}
    assert load_attention(pairs) == {(bob.pk, room.pk): Attention.ALL}
    change_own_settings(actor=bob, room_id=room.pk, notification_level="mentions")
    assert load_attention(pairs) == {(bob.pk, room.pk): Attention.MENTIONS}

    assert name_places({room.pk}, bob)[room.pk].name == "design"
    assert name_places({room.pk}, charlie) == {}
