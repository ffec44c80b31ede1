"""Answers carry a quote of the message they answer, and it stays right when that message changes."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.profiles.services.profile import update_profile
from chat.excerpts import EXCERPT, cut_excerpt
from chat.messages.message_html import render_loaded
from chat.messages.queries.feed import Window, feed_page
from chat.messages.services.edit import delete_message, edit_message
from chat.models import Message, Room
from tests.chat.steps import reply, say


def html_of(message: Message) -> str:
    return render_loaded(Message.objects.for_rendering().get(pk=message.pk)).html


@pytest.fixture
def answer(bob: User, room: Room, message: Message) -> Message:
    return say(bob, room, "Yes", reply_to=message.pk)


def test_an_answer_shows_what_it_answers(message: Message, answer: Message) -> None:
    html = html_of(answer)

    assert f'class="quote" href="{message.get_absolute_url()}" data-quote="{message.pk}"' in html
    assert ">Alice</b>" in html and ">Tea?</span>" in html
    assert 'class="quote"' not in html_of(message)


def test_its_quote_follows_an_edit(alice: User, message: Message, answer: Message) -> None:
    html_of(answer)
    edit_message(actor=alice, message_id=message.pk, content="Coffee?")

    assert "Coffee?" in html_of(answer) and "Tea?" not in html_of(answer)


def test_its_quote_shows_nothing_of_a_deleted_message(alice: User, message: Message, answer: Message) -> None:
    html_of(answer)
    delete_message(actor=alice, message_id=message.pk)

    assert "Tea?" not in html_of(answer)
    assert 'data-i18n="deleted">This message was deleted.<' in html_of(answer)


def test_its_quote_follows_a_new_name(alice: User, answer: Message) -> None:
    html_of(answer)
    update_profile(actor=alice, name="Alicia")

    assert ">Alicia</b>" in html_of(answer)


def test_a_deleted_answer_quotes_nothing(bob: User, answer: Message) -> None:
    delete_message(actor=bob, message_id=answer.pk)

    assert 'class="quote"' not in html_of(answer)


def test_a_reply_in_a_thread_quotes_too(bob: User, message: Message) -> None:
    first = reply(bob, message, "first")
    second = reply(bob, message, "second", reply_to=first.pk)

    assert f'href="{first.get_absolute_url()}"' in html_of(second)


def test_a_quote_is_text(alice: User, bob: User, room: Room) -> None:
    origin = say(alice, room, "`<script>alert(1)</script>` & **bold**\n\n- one\n- two")
    html = html_of(say(bob, room, "Yes", reply_to=origin.pk))

    assert ">&lt;script&gt;alert(1)&lt;/script&gt; &amp; bold one two</span>" in html


@pytest.mark.parametrize(("length", "shown"), [(EXCERPT, EXCERPT), (EXCERPT + 1, EXCERPT)])
def test_a_long_message_is_quoted_by_its_beginning(length: int, shown: int) -> None:
    excerpt = cut_excerpt(f"<p>{'a' * length}</p>")

    assert (len(excerpt), excerpt.endswith("…")) == (shown, length > shown)


def test_a_page_of_quotes_costs_one_query_more(
    bob: User, room: Room, message: Message, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 10):
        answers = [say(bob, room, reply_to=message.pk) for _ in range(number)]
        Message.objects.update(updated_at=timezone.now())  # nothing that is kept is current
        window = Window(limit=len(answers))
        with django_assert_num_queries(4):  # room, keys, messages, quoted
            feed_page(user=bob, room_id=room.pk, window=window)
