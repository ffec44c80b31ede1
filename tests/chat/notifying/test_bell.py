"""The bell never lies: what it shows Bob after all that can happen to a message and to him."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.inbox.counts import count_unread
from tests.chat.test_badges import Scene, act
from tests.conftest import ApiFor, ClientFor

READ = dict.fromkeys(("left and joined again", "read in another tab", "read on another device", "marked unread"), 0)
# What one was told of stays with one who mutes the room where one is named, and is gone with the message.
NAMED = READ | {"posted": 1, "edited in": 1, "edited out": 0, "deleted": 0, "muted": 1}
TOLD = READ | {"posted": 1, "edited in": 1, "edited out": 1, "deleted": 0, "muted": 0}
TABLE = {
    "mention": NAMED,
    "@room": NAMED,
    "@here": NAMED,
    # It can't be left.
    "direct": {event: shown for event, shown in TOLD.items() if event != "left and joined again"},
    "thread reply": TOLD,
    "plain": dict.fromkeys(TOLD, 0),
}
CASES = [(kind, event, shown) for kind, events in TABLE.items() for event, shown in events.items()]


@pytest.fixture
def scene(alice: User, bob: User, halyard: Organisation) -> Callable[[str], Scene]:
    User.objects.filter(pk=bob.pk).update(presence=User.Presence.ONLINE, seen_at=timezone.now())
    return lambda kind: Scene(kind, alice, bob, halyard)


@pytest.mark.parametrize(("kind", "event", "expected"), CASES)
def test_its_number_is_exact(
    scene: Callable[[str], Scene], api_for: ApiFor, client_for: ClientFor, kind: str, event: str, expected: int
) -> None:
    stage = scene(kind)
    api_for(stage.bob).call("POST", "/notifications/read-all")
    message = stage.post("the crane is here" if event == "edited in" else stage.text)

    act(stage, message, event, api_for, client_for)

    bob = api_for(stage.bob)
    assert count_unread(stage.bob.pk) == expected
    assert bob.call("GET", "/notifications/unread-count").json() == {"unread": expected}
    assert len(bob.call("GET", "/notifications?unread=true").json()["items"]) == expected
    assert count_unread(stage.alice.pk) == 0
