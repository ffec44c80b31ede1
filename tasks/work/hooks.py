"""Tell the subjects above of what was changed in tasks, inside the transaction of the change.

A subject appends an object, or a module, with the function of `Listener` to `listeners`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from accounts.models import User
from tasks.models import Project, Task, TaskChange


class Recorded(NamedTuple):
    """What one call has changed in a project: the ids of tasks, and the changes of their fields in order.

    `assigned` are the tasks that it has assigned, each with a user who is to be told.
    """

    project: Project
    actor: User | None
    version: int
    created: Sequence[UUID]
    deleted: Sequence[UUID]
    assigned: Sequence[tuple[Task, UUID]]
    changes: Sequence[TaskChange]


class Listener(Protocol):
    """Interface of what hears of changed tasks."""

    def tasks_recorded(self, recorded: Recorded) -> None: ...


listeners: list[Listener] = []


def tasks_recorded(recorded: Recorded) -> None:
    """Tell all listeners of what a call has changed."""
    for listener in listeners:
        listener.tasks_recorded(recorded)
