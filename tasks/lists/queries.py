"""Load rows of a list of tasks, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from tasks.lists.grouping import Group, Grouping, build_group_keys, name_group
from tasks.models import Column, Project, Task
from tasks.work.due import DueDay, describe_due_day
from tasks.work.filters import SORTS, TaskQuery, filter_tasks
from tasks.work.places import KEY_TYPES, decode_place, encode_place
from tasks.work.queries import load_tasks

ROWS = 50


class Place(NamedTuple):
    """Where a task stands in a list; what is behind it is found even if the task is gone by then."""

    rank: int
    text: str
    key: Any
    task_id: UUID


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in a list. `heading` is that of a group which begins with it, `count` how many tasks the group has."""

    task: Task
    column: Column | None
    due: DueDay | None
    group: str = ""
    group_name: str = ""
    key: str = ""
    heading: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class RowPage:
    """Rows, and the place behind which others follow, if any."""

    rows: list[TaskRow]
    last: Place | None


@dataclass(frozen=True, slots=True)
class TaskListing:
    """What a list of tasks shows: of which project, for which user, filtered, sorted and grouped how."""

    project: Project
    user: User
    query: TaskQuery
    grouping: Grouping
    columns: Sequence[Column]
    today: date

    def find_tasks(self) -> QuerySet[Any]:
        """Return the tasks that belong in the list, annotated with their group and sort key."""
        tasks = Task.objects.standing().filter(project=self.project)
        tasks = filter_tasks(tasks, self.query, user=self.user, today=self.today)
        keys = build_group_keys(self.grouping, self.columns, self.today)
        return tasks.annotate(**keys, sort_key=SORTS[self.query.sort])

    def load_page(self, after: Place | None = None, counts: Mapping[Group, int] | None = None) -> RowPage:
        """Return the rows behind a place. Four queries."""
        tasks = self.find_tasks()
        if after is not None:
            tasks = tasks.filter(_match_behind(after, descending=self.query.descending))
        sign = "-" if self.query.descending else ""
        ordered = tasks.order_by("group_rank", "group_text", f"{sign}sort_key", f"{sign}pk")
        places = _read_places(ordered[: ROWS + 1])
        rows = self._load_rows(places[:ROWS], Group(after.rank, after.text) if after else None, counts or {})
        return RowPage(rows, places[ROWS - 1] if len(places) > ROWS else None)

    def load_rows(self, task_ids: Collection[UUID]) -> list[TaskRow]:
        """Return the rows of those of these tasks that belong in the list. Four queries."""
        return self._load_rows(_read_places(self.find_tasks().filter(pk__in=task_ids)), None, {})

    def count_groups(self) -> dict[Group, int]:
        """Count the tasks of each group. One query."""
        counts = self.find_tasks().order_by().values_list("group_rank", "group_text").annotate(n=Count("pk"))
        return {Group(rank, text): n for rank, text, n in counts}

    def _load_rows(self, places: Sequence[Place], last: Group | None, counts: Mapping[Group, int]) -> list[TaskRow]:
        tasks = {task.pk: task for task in load_tasks([place.task_id for place in places])}
        columns = {column.pk: column for column in self.columns}
        rows = []
        for place in places:
            # One may have been deleted since.
            if (task := tasks.get(place.task_id)) is None:
                continue
            group = Group(place.rank, place.text)
            name = name_group(self.grouping, task, place.rank, self.columns) if self.grouping != "none" else ""
            row = TaskRow(
                task=task,
                column=columns.get(task.column_id) if task.column_id else None,
                due=describe_due_day(task.due_date, today=self.today, is_completed=task.is_completed),
                group=f"{group.rank:04d} {group.text}",
                group_name=name,
                key=_write_key(place.key),
                heading=name if group != last else "",
                count=counts.get(group),
            )
            rows.append(row)
            last = group
        return rows


def write_place(place: Place) -> str:
    """Return a place as a parameter of an address."""
    return encode_place(*place)


def read_place(text: str, sort: str) -> Place | None:
    """Return the place that `write_place` wrote, or None for any other text."""
    parts = decode_place(text, int, str, KEY_TYPES.get(sort, str), UUID)
    return Place(*parts) if parts else None


def _match_behind(place: Place, *, descending: bool) -> Q:
    side = "lt" if descending else "gt"
    by_key = Q(**{f"sort_key__{side}": place.key}) | Q(sort_key=place.key, **{f"pk__{side}": place.task_id})
    by_text = Q(group_text__gt=place.text) | Q(group_text=place.text) & by_key
    return Q(group_rank__gt=place.rank) | Q(group_rank=place.rank) & by_text


def _read_places(tasks: QuerySet[Any]) -> list[Place]:
    return [Place(*row) for row in tasks.values_list("group_rank", "group_text", "sort_key", "pk")]


def _write_key(key: Any) -> str:
    """Return a sort key as a text that scripts compare."""
    return f"{key:012d}" if isinstance(key, int) else key if isinstance(key, str) else key.isoformat()
