"""Previews are fetched for so many messages a second: a flood of links costs those who write nothing."""

from collections import deque

import pytest
from pytest_django import Settings

from chat.messages import jobs
from chat.messages.services import previews
from chat.models import Message
from tests.stored_jobs import list_arguments


@pytest.mark.django_db
def test_a_flood_of_links_is_left_without_previews(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LINK_PREVIEWS = True
    now = [100.0]
    monkeypatch.setattr(previews, "_requested_at", deque(maxlen=previews.MAX_PER_SECOND))
    monkeypatch.setattr(previews.time, "monotonic", lambda: now[0])
    linked = [Message(html='<p><a href="https://tides.example/">tides</a></p>') for _ in range(12)]
    expected = [{"message_id": str(message.pk)} for message in linked]

    previews.request_previews(linked)
    assert list_arguments(jobs.attach_previews) == expected[: previews.MAX_PER_SECOND]
    now[0] += 1
    previews.request_previews(linked[10:])
    assert list_arguments(jobs.attach_previews)[-2:] == expected[10:]
