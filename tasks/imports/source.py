"""Tasks as they stand in a file of another system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from chat.imports.notes import Notes

MAX_TASKS = 10_000
# Of a file; of one with others in it, and of those of them that are read.
MAX_BYTES, MAX_PACKED, MAX_UNPACKED = 20 * 1024**2, 100 * 1024**2, 60 * 1024**2


class SourceComment(NamedTuple):
    """A comment, and what its author is called there."""

    author: str
    written: str
    text: str


class SourceItem(NamedTuple):
    """A line of a check list."""

    text: str
    is_done: bool


class SourceLink(NamedTuple):
    """A file or an address that belongs to a task."""

    name: str
    url: str


@dataclass(slots=True)
class SourceTask:
    """A task of another system. `parent` is the `external_id` of another one, or one of its `other_names`.

    Days without a time are dates, times are aware. Each of `people` has names by one of which they may be known:
    username, e-mail address, name.
    """

    external_id: str
    title: str
    other_names: Sequence[str] = ()
    description: str = ""
    column: str = ""
    status: str = ""
    is_completed: bool = False
    is_archived: bool = False
    priority: int = 0
    labels: Sequence[str] = ()
    people: Sequence[tuple[str, ...]] = ()
    start: date | datetime | None = None
    due: date | datetime | None = None
    estimate: int | None = None
    time_spent: int = 0
    parent: str = ""
    checklists: Sequence[tuple[str, Sequence[SourceItem]]] = ()
    links: Sequence[SourceLink] = ()
    comments: Sequence[SourceComment] = ()


@dataclass(slots=True)
class Source:
    """What a file has: tasks in their order, columns with their status where it is known, colours of labels."""

    tasks: list[SourceTask] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    label_colors: dict[str, str] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
