"""Describe notifications to their readers, and leave out what they may no longer see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from notifications.kinds import Description, Kind, find_kind
from notifications.models import Notification


@dataclass(frozen=True, slots=True)
class Described:
    """A notification with its kind and with what it says to its reader."""

    row: Notification
    kind: Kind
    description: Description


def filter_visible(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those rows that the reader may still see, in their order. A kind that is gone is seen by nobody."""
    visible: set[UUID] = set()
    for kind, group in _group_by(rows, "filter_visible"):
        visible.update(row.pk for row in kind.filter_visible(group, reader))
    return [row for row in rows if row.pk in visible]


def describe_rows(rows: Sequence[Notification], reader: User) -> list[Described]:
    """Describe rows that the reader may see, in their order. As many queries for many rows as for one of each kind."""
    described: dict[UUID, Described] = {}
    for kind, group in _group_by(rows, "describe"):
        for row, description in zip(group, kind.describe(group, reader), strict=True):
            own = find_kind(row.kind)
            if own is not None:
                described[row.pk] = Described(row, own, description)
    return [described[row.pk] for row in rows]


def _group_by(rows: Sequence[Notification], function: str) -> list[tuple[Kind, list[Notification]]]:
    """Return rows together whose kinds share a function, with one of these kinds."""
    groups: defaultdict[Any, list[Notification]] = defaultdict(list)
    kinds: dict[Any, Kind] = {}
    for row in rows:
        kind = find_kind(row.kind)
        if kind is not None:
            asked = getattr(kind, function)
            kinds[asked] = kind
            groups[asked].append(row)
    return [(kinds[asked], group) for asked, group in groups.items()]
