"""Assemble the board of a project as a user sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from lib.text.time_zones import find_zone
from tasks.board.html import render_cards
from tasks.board.queries import BoardCard, load_cards
from tasks.models import Column, Project, Task
from tasks.work.filters import TaskQuery, filter_tasks


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column and its cards."""

    column: Column
    cards: SafeString
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """The columns of a board, as of a version of its project."""

    version: int
    columns: list[BoardColumn]

    @property
    def count(self) -> int:
        """Return how many cards there are in all."""
        return sum(column.count for column in self.columns)


@dataclass(frozen=True, slots=True)
class BoardChanges:
    """Cards that are new or have changed, and the ids of tasks that have none here, or none any more."""

    version: int
    cards: list[SafeString]
    gone: list[UUID]


def load_board(project: Project, columns: Iterable[Column], query: TaskQuery, *, user: User, may_write: bool) -> Board:
    """Return the board of a project with the tasks that a query asks for. Seven queries."""
    today = find_today(user)
    tasks = filter_tasks(Task.objects.standing().filter(project=project), query, user=user, today=today)
    cards = load_cards(project, tasks, today=today)
    return group_cards(project, columns, cards, render_cards(project, cards, may_write=may_write))


def group_cards(
    project: Project, columns: Iterable[Column], cards: Iterable[BoardCard], rendered: Iterable[SafeString]
) -> Board:
    """Return the board of columns with cards, and the HTML of each of these."""
    shown: dict[UUID, list[SafeString]] = defaultdict(list)
    for card, html in zip(cards, rendered, strict=True):
        shown[card.column_id].append(html)
    return Board(
        project.version,
        [BoardColumn(each, SafeString("".join(shown[each.pk])), len(shown[each.pk])) for each in columns],
    )


def load_board_changes(
    project: Project, query: TaskQuery, *, since: int, named: Collection[UUID], user: User, may_write: bool
) -> BoardChanges:
    """Return what has changed on a board since a version of its project, and the cards of the tasks `named`.

    The tasks that changed ones are part of are among them: they show how many of these are completed.
    """
    changed = Task.objects.filter(Q(version__gt=since) | Q(pk__in=named), project=project)
    touched: set[UUID] = set()
    for task_id, parent_id in changed.values_list("pk", "parent"):
        touched |= {task_id, parent_id} if parent_id else {task_id}
    today = find_today(user)
    tasks = Task.objects.standing().filter(project=project, pk__in=touched)
    cards = load_cards(project, filter_tasks(tasks, query, user=user, today=today), today=today)
    gone = touched - {card.id for card in cards}
    return BoardChanges(project.version, render_cards(project, cards, may_write=may_write), sorted(gone))


def find_today(user: User) -> date:
    """Return the day that it is for a user."""
    return timezone.localdate(timezone=find_zone(user.time_zone))
