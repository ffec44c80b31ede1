"""Read filters of tasks from the address of a page, and draw them in a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_origin

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import ValidationError

from accounts.models import User
from tasks.models import Task
from tasks.work.filters import TaskQuery
from tasks.work.queries import ProjectChoices
from tasks.work.schemas import PRIORITIES

# What else an address says of a page of tasks: not what is in it.
PAGING = ("limit", "cursor", "sort", "descending", "since")
LISTS = {name for name, field in TaskQuery.model_fields.items() if get_origin(field.annotation) is list}


@dataclass(frozen=True, slots=True)
class FilterMenu:
    """A menu of the bar; `color` of a choice is that of a label. `is_single`: only one can be chosen."""

    name: str
    label: str
    choices: Sequence[tuple[str, str, str]]
    chosen: frozenset[str]
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class FilterBar:
    """The filters of a page. `kept` are parameters that stand beside them and stay, as `group`."""

    q: str
    menus: Sequence[FilterMenu]
    kept: Sequence[tuple[str, str]]
    is_narrowed: bool


def read_task_query(request: HttpRequest) -> TaskQuery:
    """Return the filters of the query string; invalid ones count as absent."""
    given: dict[str, Any] = {
        name: request.GET.getlist(name) if name in LISTS else request.GET[name]
        for name in TaskQuery.model_fields
        if request.GET.get(name) and name not in ("limit", "cursor")
    }
    try:
        return TaskQuery(**given)
    except ValidationError as error:
        invalid = {fault["loc"][0] for fault in error.errors()}
        return TaskQuery(**{name: value for name, value in given.items() if name not in invalid})


def build_filter_bar(
    request: HttpRequest, query: TaskQuery, choices: ProjectChoices, *, user: User, keeps: Sequence[str] = ()
) -> FilterBar:
    """Return the bar of a page of a project's tasks; `keeps` names the parameters that stand beside the filters."""
    people = [(str(each.pk), each.name, "") for each in choices.members if each.pk != user.pk]
    priorities = [(name, str(Task.Priority(number).label), "") for number, name in reversed([*enumerate(PRIORITIES)])]
    menus = [
        _build_menu("column_id", _("Column"), [(str(each.pk), each.name, "") for each in choices.columns], query),
        _build_menu("assignee", _("Assignee"), [("me", _("Me"), ""), ("none", _("Nobody"), ""), *people], query),
        _build_menu("label", _("Label"), [(str(each.pk), each.name, each.color) for each in choices.labels], query),
        _build_menu("priority", _("Priority"), priorities, query),
        _build_menu("due", _("Due"), _list_due_choices(), query, is_single=True),
    ]
    narrowing = query.model_dump(exclude=set(PAGING), exclude_defaults=True)
    kept = [(name, request.GET[name]) for name in keeps if request.GET.get(name)]
    return FilterBar(query.q, menus, kept, bool(narrowing))


def _list_due_choices() -> list[tuple[str, str, str]]:
    return [
        ("overdue", _("Overdue"), ""),
        ("today", _("Today"), ""),
        ("week", _("In the next seven days"), ""),
        ("any", _("With a due date"), ""),
        ("none", _("Without a due date"), ""),
    ]


def _build_menu(
    name: str, label: str, choices: Sequence[tuple[str, str, str]], query: TaskQuery, *, is_single: bool = False
) -> FilterMenu:
    value = getattr(query, name)
    chosen = frozenset(map(str, value)) if isinstance(value, list) else frozenset({value} if value else ())
    return FilterMenu(name, label, choices, chosen, is_single)
