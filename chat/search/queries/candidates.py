"""Find the newest entries that fulfil conditions, reading a bounded number of rows.

What is frequent stands among the newest entries: those are walked first. What was not found there often enough is rare,
so that the index yields few rows to sort. A term that no index knows, of one or two letters inside of words, is only
looked for by walking, a stretch with each page.

What is frequent elsewhere says nothing about the rooms of who searches: where these are few they alone are walked, and
where they hold little of all the index is asked for what is in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
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
# The same where the index is asked for what is in few rooms: it yields little, and their entries lie far apart.
WALKED_OF_FEW = 5_000
# Of the first ones so many have to fulfil the conditions to tell how many more are enough, with a margin.
TELLING, MARGIN = 4, 1.5
# So many rooms are walked by themselves, however much was written in others since.
FEW_ROOMS = 16
# The numbers of so many entries are sorted to ask the index for these alone. More are most of what it yields.
FEW_CHANGES = 100_000
# Rooms that are named to the planner, which then knows how much is in them.
NAMED_ROOMS = 200
# Of no more messages than that all entries are read, whatever their texts.
RARE = 6_000
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

    @property
    def condition(self) -> Q:
        return Q(room__in=self.ids if len(self.ids) <= NAMED_ROOMS else self.rooms)


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
    """Return the newest `size` entries below a key. One to five queries."""
    if not scope.ids:
        return Block([], None)
    search = _Search(scope, conditions, below)
    if scope.changes <= READ_AS_A_WHOLE:
        return _build_block(search.read_rooms(), size)
    block = _build_block(search.walk(WALKED), size)
    enough = _estimate_walk(len(block.entries), size)
    if block.next_below is None and enough <= search.worth_walking:
        block = _build_block(search.walk(enough), size)
    if block.next_below is not None:
        return block
    if (by_index := search.ask_index()) is not None:
        return _build_block(by_index, size)
    block = _build_block(search.walk(WALKED_AT_MOST), size)
    if block.next_below is not None:
        return block
    end = search.find_end(WALKED_AT_MOST)
    return Block(block.entries, end, is_cut_short=end is not None)


def count_entries(scope: Scope, conditions: Conditions, *, at_most: int) -> tuple[int, bool]:
    """Return how many entries fulfil conditions, up to `at_most`, and whether these are all. Up to six queries.

    What is frequent is counted among the newest entries, without the index. Where no index helps, only these are looked
    at.
    """
    search = _Search(scope, conditions, None)
    if scope.changes <= READ_AS_A_WHOLE:
        return _count_up_to(at_most, search.read_rooms())
    number, is_complete = _count_up_to(at_most, search.walk(WALKED))
    enough = _estimate_walk(number, at_most + 1)
    if is_complete and enough <= search.worth_walking:
        number, is_complete = _count_up_to(at_most, search.walk(enough))
    by_index = search.ask_index() if is_complete else None
    return (number, False) if by_index is None else _count_up_to(at_most, by_index)


@dataclass(frozen=True, slots=True)
class _Search:
    """The ways to look for entries below a key: each narrows the rows that are read."""

    scope: Scope
    conditions: Conditions
    below: Key | None

    @property
    def in_order(self) -> Entries:
        entries: Entries = SearchEntry.objects.filter(_is_below(self.below))
        return entries.order_by(*NEWEST_FIRST)

    @property
    def found(self) -> Entries:
        return self.conditions.apply_to(self.in_order).filter(room__in=self.scope.rooms)

    @property
    def worth_walking(self) -> int:
        """Return how many entries to walk at most where that is enough: beyond these the index costs less."""
        by_index = self.scope.changes <= FEW_CHANGES and any(map(can_be_indexed, self.conditions.pieces))
        return WALKED_OF_FEW if by_index else WALKED_AT_MOST

    def read_rooms(self) -> Entries:
        return self.found.among(SearchEntry.objects.filter(room__in=self.scope.rooms).values("pk"))

    def walk(self, number: int) -> Entries:
        """Look at the newest `number` entries: of the period, and of the rooms where these are few."""
        return self.found.within(self._select_newest(number)[:number])

    def find_end(self, number: int) -> Key | None:
        """Return the key of the last entry that was walked; None where there are no more."""
        last = self._select_newest(number)[number - 1 : number]
        return Key(last[0].position, last[0].pk) if last else None

    def ask_index(self) -> Entries | None:
        """Look at the entries that an index names; None where none helps. Up to one query for each source."""
        entries: Entries = SearchEntry.objects.all()
        indexed = [piece for piece in self.conditions.pieces if can_be_indexed(piece)]
        for source in self.conditions.sources:
            few = source[: RARE + 1]  # planned alike both times: not for all of them
            number = RARE if not indexed else few.count()
            if number == 0:
                return entries.none()
            if number <= RARE:
                return self.found.among(entries.filter(message__in=few if indexed else source).values("pk"))
        if not indexed:
            return None
        return self.found.indexed_with(indexed, self.scope.condition if self.scope.changes <= FEW_CHANGES else None)

    def _select_newest(self, number: int) -> Entries:
        """Return the entries to walk, in order. Of few rooms the newest by the index of each: no more are read."""
        in_period: Entries = self.in_order.filter(self.conditions.period)
        if len(self.scope.ids) > FEW_ROOMS:
            return in_period
        first, *others = (in_period.filter(room=room) for room in self.scope.ids)
        if not others:
            return first
        # SQLite orders a union as a whole, and reads each part of it in that order; PostgreSQL wants to be told.
        parts = [part.order_by() if connection.vendor == "sqlite" else part[:number] for part in (first, *others)]
        united: Entries = SearchEntry.objects.none().union(*parts, all=True)
        return united.order_by(*NEWEST_FIRST)


def _count_up_to(at_most: int, found: Entries) -> tuple[int, bool]:
    number = found.values("pk")[: at_most + 1].count()
    return min(number, at_most), number <= at_most


def _estimate_walk(found: int, size: int) -> int:
    """Return how many entries have to be walked to find `size`, where the first ones held so many."""
    return int(WALKED * size / found * MARGIN) if found >= TELLING else WALKED_AT_MOST + 1


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
