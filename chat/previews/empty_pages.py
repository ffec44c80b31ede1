"""Remember pages that gave no preview, so that for a while no message that links to them alone asks for one.

In the memory of the process: to ask the database for it, by a job, costs more than posting the message.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from html import unescape
from uuid import UUID

from chat.previews.links import get_page
from lib.cache import LRUCache

# Seconds. Much less than `FAILURE_LIFETIME`, for which the database knows it.
REMEMBERED_FOR = 600.0
CAPACITY = 2_000
HREF = re.compile(r'<a href="(http[^"]*)"')

# By room, whose organisation has asked for the page.
_empty_until: LRUCache[tuple[UUID, str], float] = LRUCache(CAPACITY)


def remember_empty_pages(room_id: UUID, urls: Iterable[str]) -> None:
    """Remember that the pages of these links gave no preview to a room."""
    for url in urls:
        _empty_until.put((room_id, get_page(url)), time.monotonic() + REMEMBERED_FOR)


def links_to_empty_pages(room_id: UUID, html: str) -> bool:
    """Tell whether all links in a message of a room lead to pages that gave no preview lately."""
    now = time.monotonic()
    pages = (get_page(unescape(href)) for href in HREF.findall(html))
    return all((_empty_until.get((room_id, page)) or 0) > now for page in pages)
