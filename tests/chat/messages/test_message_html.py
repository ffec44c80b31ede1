"""What readers get of a message: drawn once per version, the same for everybody, within bounds."""

import re

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.profiles.services.profile import update_profile
from chat.messages.message_html import Rendered, render_message, render_messages, render_reactions
from chat.messages.queries.feed import Window, message_keys
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.reactions import add_reaction
from chat.models import Message, Room
from tests.chat.steps import say
from tests.factories import make_user


def shown_in(room: Room) -> list[Rendered]:
    return render_messages([key[:4] for key in message_keys(room.pk, Window())])


def test_a_stencil_draws_what_the_template_would(alice: User, room: Room) -> None:
    message = say(alice, room, "**hi**", client_id='a"b')
    at = message.created_at
    context = {
        "message": message,
        "iso": at.isoformat(timespec="milliseconds"),
        "clock": f"{at:%H:%M}",
        "epoch": str(int(at.timestamp())),
    }

    assert render_message(message).html == render_to_string("chat/messages/_message.html", context).strip()


def test_a_name_cannot_break_out(room: Room, halyard: Organisation) -> None:
    eve = make_user('"><script>alert(1)</script>{{ message.html }}', username="eve", email="eve@elsewhere.example")
    html = render_message(
        Message(room=room, author=eve, seq=1, version=1, html="<p>x</p>", created_at=room.created_at)
    ).html

    assert "<script>" not in html
    assert len(re.findall("<p>x</p>", html)) == 1


def test_what_is_put_on_a_message_is_drawn_as_the_template_would(alice: User, bob: User, room: Room) -> None:
    message = say(alice, room)
    add_reaction(actor=bob, message_id=message.pk, emoji="👍")
    message = pin_message(actor=bob, message_id=message.pk)
    at = message.created_at
    context = {
        "message": message,
        "reactions": render_reactions(message, {str(bob.pk): bob}),
        "iso": at.isoformat(timespec="milliseconds"),
        "clock": f"{at:%H:%M}",
        "epoch": str(int(at.timestamp())),
    }

    html = render_message(message).html
    assert html == render_to_string("chat/messages/_message.html", context).strip()
    assert "message__pinned" in html and 'title="Bob"' in html


def test_the_name_of_who_reacts_cannot_break_out(room: Room) -> None:
    shown = {"emoji": "👍", "user_ids": [str(room.pk)]}

    html = render_reactions(Message(reactions=[shown]), {str(room.pk): User(name='"><script>alert(1)</script>')})

    assert "alert" in html and "<script>" not in html


@pytest.mark.parametrize(
    ("known", "number", "words"),
    [
        (1, 1, "P0"),
        (3, 3, "P0, P1 and P2"),
        (2, 3, "P0, P1 and 1 other"),
        (40, 40, "P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11 and 28 others"),
    ],
)
def test_a_tooltip_names_the_first_and_counts_the_others(known: int, number: int, words: str) -> None:
    shown = {"emoji": "👍", "user_ids": [f"id {n}" for n in range(number)]}
    names = {f"id {n}": User(name=f"P{n}") for n in range(known)}

    assert f'title="{words}"' in render_reactions(Message(reactions=[shown]), names)


def test_a_new_name_shows_on_earlier_messages(
    alice: User, room: Room, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    message = say(alice, room)
    assert "Alice" in render_message(message).html
    alice.name = "Alicia"
    alice.save()

    [key] = message_keys(room.pk, Window())
    [shown] = render_messages([key[:4]])

    assert "Alicia" in shown.html
    assert b"Alicia" in shown.json


def test_a_new_name_shows_on_earlier_reactions(
    alice: User, bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    said = [say(alice, room), say(alice, room)]
    for message in said:
        add_reaction(actor=bob, message_id=message.pk, emoji="👍")
    [*_, before] = shown_in(room)
    assert 'title="Bob"' in before.html

    update_profile(actor=bob, name="Robert")

    with django_assert_num_queries(3):  # keys, messages, who reacted
        first, second = shown_in(room)
    assert 'title="Robert"' in first.html and 'title="Robert"' in second.html
    with django_assert_num_queries(1):  # kept from now on
        assert shown_in(room) == [first, second]


def test_every_version_is_drawn_anew(alice: User, room: Room) -> None:
    message = say(alice, room, "first")
    edited = render_message(edit_message(actor=alice, message_id=message.pk, content="second"))
    deleted = render_message(delete_message(actor=alice, message_id=message.pk))

    assert "second" in edited.html
    assert "edited" in edited.html
    assert "second" not in deleted.html
    assert b"second" not in deleted.json


def test_a_message_of_a_room_just_deleted_is_none(alice: User, room: Room) -> None:
    [key] = message_keys(say(alice, room).room_id, Window())
    stale = (key.id, key.version + 1, key.stamp, key.author_stamp)
    room.delete()

    assert render_messages([stale]) == [None]
    assert User.objects.filter(pk=alice.pk).exists()
