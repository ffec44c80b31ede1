"""Group tasks in a list: a group is a rank and a text, and sorted by both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext as _

from tasks.models import Column, Status, Task, TaskAssignee, TaskLabel

Grouping = Literal["column", "assignee", "priority", "due", "label", "none"]
GROUPINGS: tuple[Grouping, ...] = ("column", "assignee", "priority", "due", "label", "none")
LAST = 1000
WEEK = timedelta(days=7)


class Group(NamedTuple):
    """A group of a list, as it is sorted."""

    rank: int
    text: str


def build_group_keys(grouping: Grouping, columns: Sequence[Column], today: date) -> dict[str, Any]:
    """Return what annotates tasks with their group: `group_rank` and `group_text`."""
    rank: Any = Value(0)
    text: Any = Value("")
    if grouping == "column":
        places = [When(column=column.pk, then=Value(place)) for place, column in enumerate(columns)]
        rank = Case(*places, default=Value(LAST), output_field=IntegerField())
    elif grouping == "priority":
        rank = Value(4) - F("priority")
    elif grouping == "due":
        rank = _rank_due(today)
    elif grouping == "assignee":
        names = TaskAssignee.objects.filter(task=OuterRef("pk")).order_by("user__folded_name", "user__username")
        text = _first_text(names, Concat("user__folded_name", Value(" "), "user__username", output_field=TextField()))
        rank = _rank_last(TaskAssignee.objects.filter(task=OuterRef("pk")))
    elif grouping == "label":
        labels = TaskLabel.objects.filter(task=OuterRef("pk"))
        text = _first_text(labels.order_by("label__folded_name"), F("label__folded_name"))
        rank = _rank_last(labels)
    return {"group_rank": rank, "group_text": text}


def name_group(grouping: Grouping, task: Task, rank: int, columns: Sequence[Column]) -> str:
    """Return the heading over a task that is the first of its group, and has the group's rank."""
    if grouping == "column":
        return columns[rank].name if rank < len(columns) else _("Triage")
    if grouping == "priority":
        return str(Task.Priority(4 - rank).label)
    if grouping == "due":
        return _list_due_names()[rank]
    if rank == LAST:
        return _("Nobody") if grouping == "assignee" else _("Without a label")
    if grouping == "assignee":
        people = [each.user for each in task.assignees.all()]
        return min(people, key=lambda user: (user.folded_name, user.username)).name
    return str(task.task_labels.all()[0].label.name)


def _list_due_names() -> list[str]:
    return [_("Overdue"), _("Today"), _("In the next seven days"), _("Later"), _("Without a due date"), _("Past")]


def _rank_due(today: date) -> Case:
    """Rank by how soon a task is due; what is completed isn't overdue."""
    return Case(
        When(due_date=None, then=Value(4)),
        When(Q(due_date__lt=today) & ~Q(status=Status.COMPLETED), then=Value(0)),
        When(due_date__lt=today, then=Value(5)),
        When(due_date=today, then=Value(1)),
        When(due_date__lt=today + WEEK, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _rank_last(links: Any) -> Case:
    return Case(When(Exists(links), then=Value(0)), default=Value(LAST), output_field=IntegerField())


def _first_text(links: Any, text: Any) -> Coalesce:
    return Coalesce(Subquery(links.annotate(words=text).values("words")[:1]), Value(""), output_field=TextField())
