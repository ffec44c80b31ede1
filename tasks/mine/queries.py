"""Load the tasks that a user has to do, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from tasks.lists.queries import TaskRow
from tasks.models import Column, Project, Status, Task
from tasks.models.tasks import TaskQuerySet
from tasks.work.due import describe_due_day
from tasks.work.queries import load_tasks

Section = Literal["overdue", "today", "upcoming", "undated", "snoozed", "completed"]
SECTIONS: tuple[Section, ...] = ("overdue", "today", "upcoming", "undated", "snoozed", "completed")
# Completed ones stay in sight for so long.
LATELY = timedelta(days=7)
# Nobody reads more on one page.
MAX_ROWS = 500


@dataclass(frozen=True, slots=True)
class MyRow(TaskRow):
    """A task of any project, and whether the user may change it."""

    may_write: bool = False


class MySection(NamedTuple):
    """Tasks of a part of the page."""

    key: Section
    heading: str
    rows: Sequence[MyRow]


class MyTasks(NamedTuple):
    """What a user has to do in an organisation. `has_more`: there is more than a page shows."""

    sections: Sequence[MySection]
    open_count: int
    has_more: bool


def find_my_tasks(user: User) -> TaskQuerySet:
    """Return the tasks that a user is an assignee of, in projects that they can see and that are not archived."""
    tasks: TaskQuerySet = Task.objects.visible_to(user)
    return tasks.assigned_to(user).filter(project__archived_at=None)


def load_my_tasks(*, user: User, organisation: Organisation, today: date) -> MyTasks:
    """Return what a user has to do in an organisation, and has completed lately. Six queries."""
    tasks = find_my_tasks(user).filter(project__organisation=organisation)
    tasks = tasks.exclude(status=Status.COMPLETED, completed_at__lte=timezone.now() - LATELY)
    places = list(
        tasks.annotate(section=_choose_section(today))
        .order_by(F("completed_at").asc(nulls_first=True), "due_date", "-priority", "pk")
        .values_list("pk", "section")[: MAX_ROWS + 1]
    )
    found = {task.pk: task for task in load_tasks([pk for pk, _section in places[:MAX_ROWS]])}
    columns = Column.objects.in_bulk({task.column_id for task in found.values() if task.column_id})
    writable = set(
        Project.objects.writable_by(user)
        .filter(pk__in={task.project_id for task in found.values()})
        .values_list("pk", flat=True)
    )
    rows: dict[str, list[MyRow]] = {section: [] for section in SECTIONS}
    for pk, section in places[:MAX_ROWS]:
        if (task := found.get(pk)) is not None:
            due = describe_due_day(task.due_date, today=today, is_completed=task.is_completed)
            column = columns.get(task.column_id) if task.column_id else None
            rows[section].append(MyRow(task, column, due, may_write=task.project_id in writable))
    rows["completed"].reverse()
    names = _name_sections()
    sections = [MySection(key, names[key], rows[key]) for key in SECTIONS if rows[key]]
    open_count = sum(len(rows[key]) for key in SECTIONS if key != "completed")
    return MyTasks(sections, open_count, has_more=len(places) > MAX_ROWS)


def _choose_section(today: date) -> Case:
    return Case(
        When(status=Status.COMPLETED, then=Value("completed")),
        When(Q(snoozed_until__gt=Now()), then=Value("snoozed")),
        When(due_date=None, then=Value("undated")),
        When(due_date__lt=today, then=Value("overdue")),
        When(due_date=today, then=Value("today")),
        default=Value("upcoming"),
        output_field=CharField(),
    )


def _name_sections() -> dict[Section, str]:
    return {
        "overdue": _("Overdue"),
        "today": _("Today"),
        "upcoming": _("Upcoming"),
        "undated": _("Without a due date"),
        "snoozed": _("Snoozed"),
        "completed": _("Completed lately"),
    }
