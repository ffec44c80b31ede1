"""A link to a message of this server shows it, to those who may see it, and asks no server."""

from __future__ import annotations

import pytest

from accounts.models import User
from chat.messages.services.edit import delete_message
from chat.models import Message, Room
from tests.chat.steps import say
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


def test_a_member_sees_the_message(bob: User, message: Message, client_for: ClientFor) -> None:
    answer = client_for(bob).get(f"/messages/{message.pk}/card/")

    html = answer.content.decode()
    assert message.author.name in html and message.content in html and f"#{message.room.name}" in html
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_stranger_does_not(charlie: User, message: Message, client_for: ClientFor) -> None:
    assert client_for(charlie).get(f"/messages/{message.pk}/card/").status_code == 404


def test_a_member_who_is_not_in_the_room_does_not(
    alice: User, robin: User, halyard: object, message: Message, client_for: ClientFor
) -> None:
    message.room.members.filter(user=robin).delete()

    assert client_for(robin).get(f"/messages/{message.pk}/card/").status_code == 404


def test_a_deleted_message_is_not_shown(alice: User, message: Message, client_for: ClientFor) -> None:
    delete_message(actor=alice, message_id=message.pk)

    assert client_for(alice).get(f"/messages/{message.pk}/card/").status_code == 404


def test_a_card_shows_text_alone(alice: User, room: Room, client_for: ClientFor) -> None:
    message = say(alice, room, "**Bold** `<img src=x onerror=alert(1)>` &lt;b&gt;")

    html = client_for(alice).get(f"/messages/{message.pk}/card/").content.decode()

    assert "Bold &lt;img src=x onerror=alert(1)&gt; &lt;b&gt;" in html
