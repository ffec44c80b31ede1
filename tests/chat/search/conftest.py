"""What tests of search share."""

from collections.abc import Callable

import pytest

from accounts.models import Organisation, User
from chat.search.queries.messages import Order, search_messages

Find = Callable[..., list[str]]


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
