"""A feed's rows as the server draws them. Scripts redraw days and groups for the reader's own clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from chat.selectors import FeedItem

ITEM = '<li class="feed__item"'
GROUPED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Row:
    """A message, with the day it opens and the divider it follows, if any."""

    html: str
    day: date | None
    is_first_unread: bool


def rows(
    items: Iterable[FeedItem], *, first_unread_seq: int | None = None, target: UUID | None = None
) -> Iterator[Row]:
    """Messages with their separators. The one with the id `target` is marked for scripts to go to."""
    previous: FeedItem | None = None
    for item in items:
        day = timezone.localtime(item.created_at).date()
        opens_day = previous is None or timezone.localtime(previous.created_at).date() != day
        is_first_unread = item.seq == first_unread_seq
        marks = ""
        if previous and not opens_day and not is_first_unread and _continues(previous, item):
            marks += " data-grouped"
        if item.id == target:
            marks += " data-target"
        yield Row(
            html=item.html.replace(ITEM, ITEM + marks, 1) if marks else item.html,
            day=day if opens_day else None,
            is_first_unread=is_first_unread,
        )
        previous = item


def _continues(previous: FeedItem, item: FeedItem) -> bool:
    return previous.author_id == item.author_id and item.created_at - previous.created_at <= GROUPED_WITHIN
