"""A room with something on its page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.utils import timezone

from accounts.models import User
from chat.models import Room
from chat.room_page.views import room as views
from chat.rooms.services.rooms import create_room, open_direct_room
from tests.chat.room_page.kept_page import forget_pages
from tests.chat.steps import say, say_all


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The rooms whose page was made anew; no page is kept from before."""
    made: list[UUID] = []
    show_room = views.show_room

    def build(request: Any, head: Any, **options: Any) -> HttpResponse:
        made.append(head.room.pk)
        return show_room(request, head, **options)

    monkeypatch.setattr(views, "show_room", build)
    forget_pages(monkeypatch)
    return made


@pytest.fixture
def lively(room: Room, alice: User, bob: User) -> Room:
    """The room with something in it, and rooms beside it."""
    say_all(alice, room, "Ahoy", "Second", "Third")
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    say(bob, direct, "Psst")
    create_room(actor=bob, slug="halyard", kind="channel", name="boats")
    User.objects.update(presence="online", seen_at=timezone.now())
    return Room.objects.get(pk=room.pk)
