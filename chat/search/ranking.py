"""Rank search entries: whole words before beginnings of words before pieces, then own rooms, then the latest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from chat.search.language import Term
from lib.text.search_text import begins_with_narrow_letter


class FoundEntry(NamedTuple):
    """What is asked of each entry that was found."""

    id: int
    position: int
    message_id: UUID
    room_id: UUID
    text: str


class Rank(NamedTuple):
    """The place of an entry among others, the best first."""

    tier: int
    is_elsewhere: int
    position: int
    id: int


def rank_entries(
    entries: Iterable[FoundEntry], terms: Sequence[Term], own_rooms: Collection[UUID]
) -> list[tuple[Rank, FoundEntry]]:
    """Return entries with their ranks, the best first. The tier is 0 where all terms are whole words."""
    patterns = [_build_patterns(term) for term in terms]
    ranked = [
        (
            Rank(
                sum(_find_tier(entry.text, term, each) for term, each in zip(terms, patterns, strict=True)),
                entry.room_id not in own_rooms,
                -entry.position,
                -entry.id,
            ),
            entry,
        )
        for entry in entries
    ]
    return sorted(ranked, key=lambda pair: pair[0])


def _build_patterns(term: Term) -> re.Pattern[str] | None:
    """Return what finds a term as a whole word; None in scripts that have no words to see."""
    return re.compile(re.escape(term.as_word_start) + r"(?![^\W_])") if begins_with_narrow_letter(term.text) else None


def _find_tier(text: str, term: Term, whole_word: re.Pattern[str] | None) -> int:
    if whole_word is None or whole_word.search(text):
        return 0
    return 1 if term.as_word_start in text else 2
