"""Rendering anew: what an older renderer has left, and nothing else of a message."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from accounts.profiles.services.profile import update_profile
from chat.messages.message_html import render_message
from chat.messages.services import rerender
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.rerender import count_outdated, rerender_messages
from chat.models import Mention, Message, MessageRevision, Room
from lib.realtime.hub import Event
from lib.text.markdown.document import VERSION
from tests.chat.steps import say


def make_old(*messages: Message, html: str = "<p>old</p>", version: int | None = None) -> None:
    """Let messages, and their earlier contents, look as an older renderer left them."""
    ids = [message.pk for message in messages]
    Message.objects.filter(pk__in=ids).update(html=html, html_version=version)
    MessageRevision.objects.filter(message__in=ids).update(html=html, html_version=version)


def load(message: Message) -> Message:
    loaded: Message = Message.objects.for_rendering().get(pk=message.pk)
    return loaded


def test_what_is_posted_and_edited_carries_the_version(alice: User, room: Room) -> None:
    message = say(alice, room, "one")
    edit_message(actor=alice, message_id=message.pk, content="two")

    assert load(message).html_version == VERSION
    assert message.revisions.get().html_version == VERSION
    assert count_outdated() == 0


def test_old_html_stays_until_it_is_rendered_anew(alice: User, room: Room) -> None:
    message = edit_message(actor=alice, message_id=say(alice, room, "_one_").pk, content="*two*")
    make_old(message)
    before = load(message)
    assert "old" in render_message(before).html

    assert (count_outdated(), rerender_messages(), rerender_messages()) == (2, 2, 0)

    after = load(message)
    assert after.html == '<p dir="auto"><em>two</em></p>'
    assert message.revisions.get().html == '<p dir="auto"><em>one</em></p>'
    assert (after.version, after.edited_at, after.seq) == (before.version, before.edited_at, before.seq)
    assert "<em>two</em>" in render_message(after).html


def test_an_edit_renders_anew(alice: User, room: Room) -> None:
    message = say(alice, room, "one")
    make_old(message)

    assert edit_message(actor=alice, message_id=message.pk, content="*two*").html_version == VERSION


def test_newer_and_deleted_ones_are_left_alone(alice: User, room: Room) -> None:
    newer, deleted = say(alice, room), say(alice, room)
    make_old(newer, version=VERSION + 1)
    make_old(deleted)
    delete_message(actor=alice, message_id=deleted.pk)

    assert rerender_messages() == 0
    assert load(newer).html == "<p>old</p>"


def test_it_goes_on_after_it_was_stopped(alice: User, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [say(alice, room, f"*{number}*") for number in range(7)]
    make_old(*messages)
    monkeypatch.setattr(rerender, "BATCH", 3)

    class Stopped(Exception):
        pass

    def stop(rendered: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rerender_messages(step=stop)

    assert count_outdated() == 4
    assert rerender_messages() == 4
    assert all("<em>" in load(message).html for message in messages)


def test_an_edit_that_comes_between_wins(alice: User, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    message = say(alice, room, "one")
    make_old(message)
    render_again = rerender._render_again

    def render_late(row: Message, *rest: Any) -> str:
        html = render_again(row, *rest)
        if isinstance(row, Message):
            edit_message(actor=alice, message_id=message.pk, content="two")
        return html

    monkeypatch.setattr(rerender, "_render_again", render_late)
    rerender_messages()

    assert load(message).html == '<p dir="auto">two</p>'


def test_it_tells_nobody(alice: User, bob: User, robin: User, room: Room, published: list[Event]) -> None:
    message = say(alice, room, "@bob and @robin")
    Mention.objects.filter(user=robin).delete()
    Message.objects.filter(pk=message.pk).update(mentioned_ids=[str(bob.pk)])
    make_old(message)
    published.clear()

    rerender_messages()

    assert published == []
    assert load(message).mentioned_ids == [str(bob.pk)]
    assert load(message).html.count("data-user") == 1


def test_a_member_is_shown_by_the_name_of_today(alice: User, bob: User, room: Room) -> None:
    message = say(alice, room, "@bob")
    update_profile(actor=bob, name="Robert Okafor")
    make_old(message)

    rerender_messages()

    assert "@Robert" in load(message).html


def test_the_command_says_how_many(alice: User, room: Room) -> None:
    make_old(say(alice, room))
    said = StringIO()

    call_command("rerender", stdout=said)

    assert said.getvalue() == "Rendered anew: 1\n"
