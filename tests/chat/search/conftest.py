"""What tests of search share."""

from collections.abc import Callable

import pytest

from accounts.models import Organisation, User
from chat.models import Room
from chat.search.queries.messages import Order, search_messages
from tests.factories import make_room

Find = Callable[..., list[str]]


@pytest.fixture
def channel(halyard: Organisation, alice: User) -> Room:
    """A channel that Alice alone is in: all members can see it."""
    return make_room(halyard, "Harbour Offices", admin=alice, kind="channel")


@pytest.fixture
def find(halyard: Organisation) -> Find:
    """Search in Halyard, page after page; return what was found, in order."""

    def find_all(user: User, q: str, *, order: Order = "relevance", limit: int = 20) -> list[str]:
        page = search_messages(user=user, organisation=halyard, q=q, order=order, limit=limit)
        found = [item.message.content for item in page.items]
        while page.next_cursor is not None:
            page = search_messages(
                user=user, organisation=halyard, q=q, order=order, limit=limit, cursor=page.next_cursor
            )
            found += [item.message.content for item in page.items]
        return found

    return find_all
