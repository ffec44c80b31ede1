"""What tests of rooms and messages share."""

import pytest
from django.test import Client

from accounts.models import User
from chat.messages.services.post import Draft, post_messages
from chat.models import Message, Room
from tests.chat.steps import say
from tests.conftest import ApiClient, ApiFor, ClientFor


@pytest.fixture
def ann(alice: User, api_for: ApiFor) -> ApiClient:
    """Alice's REST client."""
    return api_for(alice)


@pytest.fixture
def message(alice: User, room: Room) -> Message:
    """Something that Alice has said."""
    return say(alice, room, "Tea?")


@pytest.fixture
def history(alice: User, bob: User, room: Room) -> Room:
    """Thirty messages, by turns."""
    post_messages([Draft(author, room.pk, f"message {n}") for n, author in enumerate([alice, bob] * 15, start=1)])
    return room


@pytest.fixture
def browser(alice: User, client_for: ClientFor) -> Client:
    """Alice's browser."""
    return client_for(alice)
