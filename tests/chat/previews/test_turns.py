"""Previews are fetched for so many messages a second: a flood of links costs those who write nothing."""

from collections import deque
from uuid import UUID

import pytest
from pytest_django import Settings

from chat.messages.services import previews
from chat.models import Message


def test_a_flood_of_links_is_left_without_previews(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LINK_PREVIEWS = True
    fetched: list[UUID] = []
    now = [100.0]
    monkeypatch.setattr(previews, "_requested_at", deque(maxlen=previews.MAX_PER_SECOND))
    monkeypatch.setattr(previews, "run_in_background", lambda _, message_id: fetched.append(message_id))
    monkeypatch.setattr(previews.time, "monotonic", lambda: now[0])
    linked = [Message(html='<p><a href="https://tides.example/">tides</a></p>') for _ in range(12)]

    previews.request_previews(linked)
    assert fetched == [message.pk for message in linked[: previews.MAX_PER_SECOND]]
    now[0] += 1
    previews.request_previews(linked[10:])
    assert fetched[-2:] == [message.pk for message in linked[10:]]
