"""What another app shares is put into the draft of a room that the user chooses."""

from __future__ import annotations

from uuid import uuid4

import pytest

from accounts.models import User
from chat.drafts.services import append_to_draft, save_draft
from chat.models import Room, StoredDraft
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


def test_what_is_shared_is_shown_with_rooms_to_choose_from(client_for: ClientFor, bob: User, room: Room) -> None:
    page = client_for(bob).get("/share/", {"title": "Tides", "text": "https://tides.example", "url": "Tides"})

    assert page.context["form"]["content"].value() == "Tides\nhttps://tides.example"
    assert [place.room for place in page.context["rooms"]] == [room]


def test_it_waits_in_the_room_below_what_stands_there(client_for: ClientFor, bob: User, room: Room) -> None:
    save_draft(actor=bob, room_id=room.pk, content="Half a thought ")

    answer = client_for(bob).post("/share/", {"destination": room.pk, "content": "One\r\nTwo"})

    assert answer["Location"] == room.get_absolute_url()
    assert StoredDraft.objects.get().content == "Half a thought\n\nOne\nTwo"


def test_nothing_is_put_where_the_user_may_not_write(
    client_for: ClientFor, bob: User, charlie: User, room: Room
) -> None:
    assert client_for(bob).post("/share/", {"content": "Text"}).status_code == 422
    assert client_for(charlie).post("/share/", {"destination": room.pk, "content": "Text"}).status_code == 404
    assert client_for(bob).post("/share/", {"destination": uuid4(), "content": "Text"}).status_code == 404
    assert not StoredDraft.objects.exists()


def test_a_draft_does_not_grow_beyond_a_message(bob: User, room: Room) -> None:
    for _ in range(3):
        append_to_draft(actor=bob, room_id=room.pk, content="x" * 6000)

    assert len(StoredDraft.objects.get().content) == 10_000
