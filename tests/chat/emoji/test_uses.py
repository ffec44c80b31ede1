"""Emoji of an organisation in its messages and reactions."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from accounts.organisations.services.organisations import create_organisation
from chat.emoji.names import build_picture_url
from chat.emoji.services import add_emoji, delete_emoji, set_emoji_aliases
from chat.excerpts import cut_excerpt
from chat.messages.message_html import render_message
from chat.messages.services.edit import edit_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction, remove_reaction
from chat.messages.services.rerender import rerender_messages
from chat.models import CustomEmoji, Message, MessageRevision, Room
from chat.rooms.services.rooms import create_room
from lib.jobs import run_due_jobs
from tests.accounts.pictures import halves, upload
from tests.conftest import ApiClient


@pytest.fixture
def boat(alice: User, halyard: Organisation) -> CustomEmoji:
    return add_emoji(actor=alice, slug=halyard.slug, file=upload(halves()), name="party_boat", aliases=["ship_it"])


@pytest.fixture
def elsewhere(charlie: User) -> Room:
    """A room of another organisation."""
    create_organisation(actor=charlie, name="Faraway", slug="faraway")
    return create_room(actor=charlie, slug="faraway", kind="group", name="design")


def say(author: User, room: Room, text: str) -> Message:
    return post_message(actor=author, room_id=room.pk, content=text).message


def test_a_message_shows_it_by_each_of_its_names(alice: User, room: Room, boat: CustomEmoji) -> None:
    shown = say(alice, room, "look :party_boat: and :SHIP_IT:").html

    assert shown.count(f'src="{build_picture_url(boat.pk)}"') == 2
    assert 'alt=":SHIP_IT:"' in shown
    assert "emoji-only" in say(alice, room, ":party_boat::ship_it:").html


def test_another_organisation_sees_the_name(charlie: User, elsewhere: Room, boat: CustomEmoji) -> None:
    assert say(charlie, elsewhere, "look :party_boat:").html == '<p dir="auto">look :party_boat:</p>'
    with pytest.raises(ValidationError, match="single emoji"):
        add_reaction(actor=charlie, message_id=say(charlie, elsewhere, "Tea?").pk, emoji=":party_boat:")


def test_an_edit_and_a_rerendering_read_the_names_anew(alice: User, room: Room, halyard: Organisation) -> None:
    before, edited = say(alice, room, "look :party_boat:"), say(alice, room, "look")
    boat = add_emoji(actor=alice, slug=halyard.slug, file=upload(halves()), name="party_boat")
    edit_message(actor=alice, message_id=edited.pk, content="look :party_boat: :tada:")
    Message.objects.filter(pk=before.pk).update(html_version=None)

    assert rerender_messages() == 1
    for message in Message.objects.filter(room=room):
        assert build_picture_url(boat.pk) in message.html


@pytest.mark.parametrize("typed", [":party_boat:", ":Ship_It:"])
def test_a_reaction_is_stored_under_its_first_name(
    ann: ApiClient, alice: User, bob: User, message: Message, boat: CustomEmoji, typed: str
) -> None:
    add_reaction(actor=bob, message_id=message.pk, emoji=typed)
    answer = ann.call("PUT", f"/messages/{message.pk}/reactions/:ship_it:").json()

    assert [(given["emoji"], given["count"]) for given in answer["reactions"]] == [(":party_boat:", 2)]
    assert answer["reactions"][0]["image_url"] == build_picture_url(boat.pk)
    assert (
        f'<img class="emoji" src="{build_picture_url(boat.pk)}" alt=":party_boat:">'
        in render_message(Message.objects.for_rendering().get(pk=message.pk)).html
    )
    removed = ann.call("DELETE", f"/messages/{message.pk}/reactions/{typed}").json()
    assert removed["reactions"][0]["user_ids"] == [str(bob.pk)]


def test_a_reaction_by_the_name_of_an_emoji_of_unicode_is_that_emoji(alice: User, message: Message) -> None:
    assert add_reaction(actor=alice, message_id=message.pk, emoji=":tada:").reactions[0]["emoji"] == "🎉"


def test_what_used_a_deleted_one_shows_its_name(alice: User, bob: User, room: Room, boat: CustomEmoji) -> None:
    said = say(alice, room, "first :party_boat: <b>")
    say(alice, room, f"https://halyard.example{build_picture_url(boat.pk)}")
    add_reaction(actor=bob, message_id=said.pk, emoji=":party_boat:")
    edit_message(actor=alice, message_id=said.pk, content="look :ship_it: & :party_boat:")
    delete_emoji(actor=alice, emoji_id=boat.pk)

    run_due_jobs()

    said.refresh_from_db()
    assert said.html == '<p dir="auto">look :ship_it: &amp; :party_boat:</p>'
    assert MessageRevision.objects.get().html == '<p dir="auto">first :party_boat: &lt;b&gt;</p>'
    assert said.reactions == [{"emoji": ":party_boat:", "user_ids": [str(bob.pk)]}]
    remove_reaction(actor=bob, message_id=said.pk, emoji=":party_boat:")
    said.refresh_from_db()
    assert said.reactions == []


def test_an_excerpt_has_the_name(alice: User, room: Room, boat: CustomEmoji) -> None:
    assert cut_excerpt(say(alice, room, "look :party_boat: there").html) == "look :party_boat: there"


def test_a_new_name_counts_from_then_on(alice: User, room: Room, boat: CustomEmoji) -> None:
    set_emoji_aliases(actor=alice, emoji_id=boat.pk, aliases=["vessel"])

    assert "<img" in say(alice, room, ":vessel:").html
    assert "<img" not in say(alice, room, ":ship_it:").html


def test_names_cost_one_query_however_many_and_standard_ones_none(
    alice: User, room: Room, boat: CustomEmoji, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from chat.messages.content import prepare_content

    def prepare(text: str) -> Any:
        return prepare_content(text, author=alice, room_id=room.pk)

    with django_assert_num_queries(0):
        prepare("so :tada: it is, at 10:30:45")
    with django_assert_num_queries(1):
        prepare(" ".join(f":party_boat: :unknown_{n}:" for n in range(150)))
