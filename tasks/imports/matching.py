"""Find the tasks of a project that a file has too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from tasks.models import Task

AT_ONCE = 500
# Of what our own export has: its ids are those of tasks.
OWN = "csv:"


class Found(NamedTuple):
    """A task that is there already."""

    task_id: UUID
    is_deleted: bool


def find_existing(project_id: UUID, external_ids: Sequence[str]) -> dict[str, Found]:
    """Return the tasks of a project by the ids that a file calls them; what was exported from it is found as well."""
    found: dict[str, Found] = {}
    for start in range(0, len(external_ids), AT_ONCE):
        some = external_ids[start : start + AT_ONCE]
        own = {task_id: name for name in some if (task_id := _read_own_id(name))}
        rows = Task.objects.filter(Q(external_id__in=some) | Q(pk__in=list(own)), project=project_id)
        for task_id, name, deleted_at in rows.values_list("pk", "external_id", "deleted_at"):
            called = name if name and name in some else own[task_id]
            found[called] = Found(task_id, deleted_at is not None)
    return found


def _read_own_id(name: str) -> UUID | None:
    try:
        return UUID(name.removeprefix(OWN)) if name.startswith(OWN) else None
    except ValueError:
        return None
