"""Narrow and sort tasks, as lists, boards and addresses of pages have it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Now
from pydantic import Field, field_validator, model_validator

from accounts.models import User
from lib.web.pagination import PageQuery, build_place_error
from lib.web.schemas import Search
from tasks.models import Status, TaskAssignee, TaskLabel
from tasks.models.tasks import TaskQuerySet
from tasks.work.places import KEY_TYPES, decode_place
from tasks.work.schemas import PRIORITIES, PriorityName, StatusName

# A title of 250 characters of four bytes, in base64.
MAX_CURSOR = 2_000
NO_DAY = date(9999, 12, 31)
SORTS: dict[str, Any] = {
    "number": F("number"),
    "title": F("folded_title"),
    "due": Coalesce("due_date", Value(NO_DAY)),
    "priority": Value(4) - F("priority"),
    "created": F("created_at"),
    "updated": F("updated_at"),
    "position": F("position"),
}
Sort = Literal["number", "title", "due", "priority", "created", "updated", "position"]
Due = Literal["overdue", "today", "week", "none", "any"]


class TaskQuery(PageQuery):
    """Query parameters of a list of tasks. Those that are left out narrow nothing."""

    q: Search = Field(default="", description="A piece of the title, or a number, as `12` or `ATR-12`.")
    status: list[StatusName] = []
    column_id: list[UUID] = []
    assignee: list[UUID | Literal["me", "none"]] = []
    label: list[UUID] = Field(default=[], description="All of them.")
    priority: list[PriorityName] = []
    creator: UUID | Literal["me"] | None = None
    parent_id: UUID | Literal["none"] | None = None
    due: Due | None = None
    due_after: date | None = None
    due_before: date | None = None
    triage: bool | None = None
    snoozed: bool | None = None
    since: int | None = Field(default=None, ge=0, description="Changed after this version of the project.")
    sort: Sort = "number"
    descending: bool = False
    # Not the id alone: the last task may have changed since.
    cursor: str | None = Field(default=None, max_length=MAX_CURSOR)

    @field_validator("cursor")
    @classmethod
    def _check_cursor(cls, cursor: str | None) -> str | None:
        return cursor  # what it holds depends on the order: see `_check_place`

    @model_validator(mode="after")
    def _check_place(self) -> TaskQuery:
        if self.cursor is not None and self.read_place() is None:
            raise build_place_error(self.cursor)
        return self

    def read_place(self) -> list[Any] | None:
        """Return the sort key and the id of the last task that was seen, None for the first page."""
        return decode_place(self.cursor, KEY_TYPES.get(self.sort, str), UUID) if self.cursor is not None else None


def filter_tasks(tasks: TaskQuerySet, query: TaskQuery, *, user: User, today: date) -> TaskQuerySet:
    """Return the tasks that a query asks for; `today` is that of the asker."""
    conditions = [
        Q(status__in=query.status) if query.status else Q(),
        Q(column__in=query.column_id) if query.column_id else Q(),
        Q(priority__in=[PRIORITIES.index(name) for name in query.priority]) if query.priority else Q(),
        Q(column=None) if query.triage else Q(column__isnull=False) if query.triage is False else Q(),
        Q(due_date__gte=query.due_after) if query.due_after else Q(),
        Q(due_date__lte=query.due_before) if query.due_before else Q(),
        Q(version__gt=query.since) if query.since is not None else Q(),
        _match_text(query.q) if query.q else Q(),
        _match_due(query.due, today) if query.due else Q(),
        _match_assignees(query.assignee, user) if query.assignee else Q(),
    ]
    if query.creator:
        conditions.append(Q(creator=user if query.creator == "me" else query.creator))
    if query.parent_id:
        conditions.append(Q(parent=None) if query.parent_id == "none" else Q(parent=query.parent_id))
    if query.snoozed is not None:
        is_awake = _is_awake()
        conditions.append(~is_awake if query.snoozed else is_awake)
    conditions += [Q(Exists(TaskLabel.objects.filter(task=OuterRef("pk"), label=label))) for label in query.label]
    return tasks.filter(*conditions)


def _match_text(text: str) -> Q:
    number = text.rpartition("-")[2].lstrip("#")
    by_title = Q(folded_title__contains_folded=text)
    return by_title | Q(number=int(number)) if number.isascii() and number.isdigit() and len(number) < 12 else by_title


def _match_due(due: Due, today: date) -> Q:
    if due == "overdue":
        return Q(due_date__lt=today) & ~Q(status=Status.COMPLETED)
    if due == "today":
        return Q(due_date=today)
    if due == "week":
        return Q(due_date__gte=today, due_date__lt=today + timedelta(days=7))
    return Q(due_date=None) if due == "none" else Q(due_date__isnull=False)


def _match_assignees(assignees: list[UUID | Literal["me", "none"]], user: User) -> Q:
    links = TaskAssignee.objects.filter(task=OuterRef("pk"))
    wanted = [user.pk if each == "me" else each for each in assignees if each != "none"]
    condition = Q(Exists(links.filter(user__in=wanted))) if wanted else Q()
    return condition | Q(~Exists(links)) if "none" in assignees else condition


def _is_awake() -> Q:
    return Q(snoozed_until=None) | Q(snoozed_until__lte=Now())
