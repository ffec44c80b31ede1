"""Find what apps above keep, to be shown above messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from accounts.models import Membership
from chat.search.filters import FILTERS
from chat.search.language import parse_query
from chat.search.registry import Found, sources

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN = 5


class FoundSection(NamedTuple):
    """What was found by one source."""

    heading: StrOrPromise
    items: Sequence[Found]


def search_sources(*, own: Membership, q: str) -> list[FoundSection]:
    """Return what all sources find, of each a little. A query each; none for what only messages can fulfil."""
    query = parse_query(q, FILTERS)
    if query.filters or not query.terms or query.wanted != list(query.terms):
        return []
    text = q.strip().replace('"', "")
    found = (
        FoundSection(
            source.HEADING, source.find_items(user=own.user, organisation=own.organisation, q=text, limit=SHOWN)
        )
        for source in sources
    )
    return [section for section in found if section.items]
