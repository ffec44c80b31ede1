"""Find the newest entries that fulfil conditions, reading a bounded number of rows.

What is frequent stands among the newest entries: those are walked first. What was not found there often enough is rare,
so that the index yields few rows to sort. A term that no index knows, of one or two letters inside of words, is only
looked for by walking, a stretch with each page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from chat.models import Room, SearchEntry
from chat.search.cursors import Key
from chat.search.ranking import FoundEntry
from lib.db.trigrams import TrigramQuerySet, can_be_indexed

# Rooms with no more changes than that are read as a whole.
READ_AS_A_WHOLE = 6_000
# Entries walked before the index is asked. Measured with 1,000,000 messages: docs/search.md.
WALKED = 3_000
# Where no index helps, or where so many more are enough to find what is asked for.
WALKED_AT_MOST = 20_000
# Of the first ones so many have to fulfil the conditions to tell how many more are enough, with a margin.
TELLING, MARGIN = 4, 1.5
NEWEST_FIRST = ("-position", "-pk")

Entries = TrigramQuerySet[SearchEntry]


@dataclass(frozen=True, slots=True)
class Scope:
    """The rooms that are searched: those that the user can see, and of these those that they are in.

    They hold at most as many messages as there were changes in them.
    """

    rooms: QuerySet[Room, Any]
    ids: frozenset[UUID]
    own: frozenset[UUID]
    changes: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """What entries have to fulfil: pieces that their texts hold, all else, and messages among which they are.

    `period` repeats what `others` asks of the time: walking begins there.
    """

    pieces: tuple[str, ...]
    others: Q
    period: Q
    sources: Sequence[QuerySet[Any, Any]] = ()

    def apply_to(self, entries: Entries) -> Entries:
        for piece in self.pieces:
            entries = entries.filter(text__holds=piece)
        return entries.filter(self.others)


@dataclass(frozen=True, slots=True)
class Block:
    """The newest entries found, and below which key to go on: None where there are no more.

    One that is cut short has fewer than were asked for, because as many rows as a search may read were read.
    """

    entries: list[FoundEntry]
    next_below: Key | None
    is_cut_short: bool = False


def find_block(scope: Scope, conditions: Conditions, *, below: Key | None, size: int) -> Block:
    """Return the newest `size` entries below a key. One to four queries."""
    in_order: Entries = SearchEntry.objects.filter(_is_below(below)).order_by(*NEWEST_FIRST)
    found = conditions.apply_to(in_order).filter(room__in=scope.rooms)
    if scope.changes <= READ_AS_A_WHOLE:
        return _build_block(found.among(_in_rooms(scope)), size)
    walked = _select_walked(in_order, scope, conditions)
    block = _build_block(found.among(walked.values("pk")[:WALKED]), size)
    enough = _estimate_walk(len(block.entries), size)
    if block.next_below is None and enough <= WALKED_AT_MOST:
        block = _build_block(found.among(walked.values("pk")[:enough]), size)
    if block.next_below is not None:
        return block
    indexed = [piece for piece in conditions.pieces if can_be_indexed(piece)]
    if indexed:
        return _build_block(found.indexed_with(indexed), size)
    if conditions.sources:
        entries = SearchEntry.objects.filter(message__in=conditions.sources[0])
        return _build_block(found.among(entries.values("pk")), size)
    block = _build_block(found.among(walked.values("pk")[:WALKED_AT_MOST]), size)
    if block.next_below is not None:
        return block
    last = walked.values_list("position", "pk")[WALKED_AT_MOST - 1 : WALKED_AT_MOST].first()
    return Block(block.entries, Key(*last) if last else None, is_cut_short=last is not None)


def count_entries(scope: Scope, conditions: Conditions, *, at_most: int) -> tuple[int, bool]:
    """Return how many entries fulfil conditions, up to `at_most`, and whether these are all. Up to two queries.

    What is frequent is counted among the newest entries, without the index. Where no index helps, only these are looked
    at.
    """
    found = conditions.apply_to(SearchEntry.objects.all()).filter(room__in=scope.rooms)
    if scope.changes <= READ_AS_A_WHOLE:
        return _count_up_to(at_most, found.among(_in_rooms(scope)))
    walked = _select_walked(SearchEntry.objects.order_by(*NEWEST_FIRST), scope, conditions)
    number, is_complete = _count_up_to(at_most, found.among(walked.values("pk")[:WALKED]))
    indexed = [piece for piece in conditions.pieces if can_be_indexed(piece)]
    if is_complete and indexed:
        return _count_up_to(at_most, found.indexed_with(indexed))
    return number, False


def _count_up_to(at_most: int, found: Entries) -> tuple[int, bool]:
    number = found.values("pk")[: at_most + 1].count()
    return min(number, at_most), number <= at_most


def _estimate_walk(found: int, size: int) -> int:
    """Return how many entries have to be walked to find `size`, where the first ones held so many."""
    return int(WALKED * size / found * MARGIN) if found >= TELLING else WALKED_AT_MOST + 1


def _select_walked(in_order: Entries, scope: Scope, conditions: Conditions) -> Entries:
    """Return the entries to walk: those of a period, and of a room where only one is searched."""
    in_period: Entries = in_order.filter(conditions.period)
    return in_period.filter(room__in=scope.ids) if len(scope.ids) == 1 else in_period


def _in_rooms(scope: Scope) -> QuerySet[Any, Any]:
    return SearchEntry.objects.filter(room__in=scope.rooms).values("pk")


def _build_block(entries: Entries, size: int) -> Block:
    rows = entries.values_list("pk", "position", "message_id", "room_id", "text")[:size]
    found = list(map(FoundEntry._make, rows))
    last = found[-1] if len(found) == size else None
    return Block(found, Key(last.position, last.id) if last else None)


def _is_below(key: Key | None) -> Q:
    """Return the condition of a place in the order of time, so written that an index finds where it begins."""
    if key is None:
        return Q()
    return Q(position__lte=key.position) & (Q(position__lt=key.position) | Q(pk__lt=key.id))
