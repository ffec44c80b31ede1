"""Describe notifications to their readers, and leave out what they may no longer see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils import translation

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


def filter_visible_to_each(rows: Sequence[Notification]) -> list[Notification]:
    """Return those rows that their own users may still see, in their order. The users are loaded.

    Rows of kinds that are alike for all are looked at together.
    """
    alike, others = _split_alike(rows)
    visible = {row.pk for row in filter_visible(alike, alike[0].user)} if alike else set()
    for reader, own in _group_by_reader(others):
        visible.update(row.pk for row in filter_visible(own, reader))
    return [row for row in rows if row.pk in visible]


def describe_to_each(rows: Sequence[Notification], languages: Mapping[UUID, str]) -> list[Described]:
    """Describe rows of many users to each of them, in the languages by user. Users are loaded.

    Rows about one subject, of a kind that is alike for all, are described once per language.
    """
    described: list[Described] = []
    firsts: dict[Hashable, Described] = {}
    for reader, own in _group_by_reader(rows):
        language = languages[reader.pk]
        known = [(row, firsts.get(_name_likeness(row, language))) for row in own]
        described += [replace(first, row=row) for row, first in known if first is not None]
        with translation.override(language):
            new = describe_rows([row for row, first in known if first is None], reader)
        described += new
        firsts |= {likeness: each for each in new if (likeness := _name_likeness(each.row, language)) is not None}
    return described


def describe_rows(rows: Sequence[Notification], reader: User) -> list[Described]:
    """Describe rows that the reader may see, in their order, but for those whose subject is deleted meanwhile.

    As many queries for many rows as for one of each kind.
    """
    described: dict[UUID, Described] = {}
    for kind, group in _group_by(rows, "describe"):
        for row, description in zip(group, kind.describe(group, reader), strict=True):
            own = find_kind(row.kind)
            if own is not None and description is not None:
                described[row.pk] = Described(row, own, description)
    return [described[row.pk] for row in rows if row.pk in described]


def _split_alike(rows: Sequence[Notification]) -> tuple[list[Notification], list[Notification]]:
    alike: list[Notification] = []
    others: list[Notification] = []
    for row in rows:
        kind = find_kind(row.kind)
        (alike if kind is not None and kind.is_alike else others).append(row)
    return alike, others


def _name_likeness(row: Notification, language: str) -> Hashable:
    """Return by what rows of different users say the same; None for one that is its user's alone."""
    kind = find_kind(row.kind)
    return (row.kind, row.subject, row.count, language) if kind and kind.is_alike and row.subject else None


def _group_by_reader(rows: Sequence[Notification]) -> list[tuple[User, list[Notification]]]:
    groups: defaultdict[UUID, list[Notification]] = defaultdict(list)
    for row in rows:
        groups[row.user_id].append(row)
    return [(own[0].user, own) for own in groups.values()]


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
