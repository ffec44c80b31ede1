"""Find what others have changed of a task since its client has seen it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Task, TaskChange
from tasks.work.changing import to_json
from tasks.work.schemas import TaskChangeOut


class FieldsChanged(Conflict):
    """Change of fields that others have changed since (409); `changes` are theirs, the oldest first."""

    def __init__(self, changes: Collection[TaskChange]) -> None:
        shown = [TaskChangeOut.of(change).model_dump(mode="json") for change in changes]
        super().__init__(_("Somebody else has changed this meanwhile."), "fields_changed", changes=shown)


def require_unchanged(task: Task, actor: User | None, version: int | None, changes: Mapping[str, Any]) -> None:
    """Raise FieldsChanged for fields of a task that others have changed since a version."""
    if contested := list_contested(task, actor, version, changes):
        raise FieldsChanged(contested)


def list_contested(task: Task, actor: User | None, version: int | None, changes: Mapping[str, Any]) -> list[TaskChange]:
    """Return how others have changed the same fields since a version, unless they are now as is wanted.

    One query, none without a version, and for a task that nobody has changed since.
    """
    if version is None or version >= task.version:
        return []
    fields = set(changes) | ({"column_id"} if "status" in changes else set())
    later = TaskChange.objects.filter(task=task, version__gt=version, field__in=fields).exclude(actor=actor)
    found = later.select_related("actor").order_by("version", "pk")
    return [change for change in found if _differs_from(change, changes)]


def _differs_from(change: TaskChange, changes: Mapping[str, Any]) -> bool:
    if change.field not in changes:
        return True
    wanted = changes[change.field]
    return bool(change.after != (sorted(map(str, wanted)) if isinstance(wanted, list) else to_json(wanted)))
