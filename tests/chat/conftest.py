"""What tests of rooms and messages share."""

import pytest

from chat.messages.services.post import Draft, post_messages
from tests.chat.steps import say


@pytest.fixture
def ann(alice, api_for):
    """Alice's REST client."""
    return api_for(alice)


@pytest.fixture
def message(alice, room):
    """Something that Alice has said."""
    return say(alice, room, "Tea?")


@pytest.fixture
def history(alice, bob, room):
    """Thirty messages, by turns."""
    post_messages([Draft(author, room.pk, f"message {n}") for n, author in enumerate([alice, bob] * 15, start=1)])
    return room


@pytest.fixture
def browser(alice, client_for):
    """Alice's browser."""
    return client_for(alice)
