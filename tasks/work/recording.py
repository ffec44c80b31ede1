"""Record what one call changes in the tasks of a project: their version, their history, and who is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from lib.db.transactions import after_commit
from tasks.models import Project, Task, TaskChange
from tasks.work import events
from tasks.work.hooks import Recorded, tasks_recorded

CREATED, DELETED = "created", "deleted"
DELETION_FIELDS = ("deleted_at", "deleted_by", "version", "updated_at")


class State(NamedTuple):
    """What is recorded so far: numbers of what is listed, and whose ids."""

    changes: int
    assigned: int
    completed: int
    created: frozenset[UUID]
    updated: frozenset[UUID]


class Recording:
    """What one call changes in a project that is locked. `save` has to end it, inside the transaction."""

    def __init__(self, actor: User | None, project: Project) -> None:
        self.actor, self.project = actor, project
        self.version = project.version + 1
        self._changes: list[TaskChange] = []
        self._created: set[UUID] = set()
        self._deleted: set[UUID] = set()
        self._updated: set[UUID] = set()
        self.completed: list[Task] = []
        self._assigned: list[tuple[Task, UUID]] = []
        self._is_spread = False

    def note(self, task: Task, field: str, before: Any, after: Any) -> bool:
        """Record a change of a field unless both values are equal; return whether it is one."""
        if before == after:
            return False
        task.version = self.version
        self._updated.add(task.pk)
        self._changes.append(
            TaskChange(task=task, version=self.version, actor=self.actor, field=field, before=before, after=after)
        )
        return True

    def note_created(self, task: Task) -> None:
        """Record a new task."""
        task.version = self.version
        self._created.add(task.pk)
        self._changes.append(TaskChange(task=task, version=self.version, actor=self.actor, field=CREATED))

    def note_deleted(self, task: Task) -> None:
        """Record that a task is deleted."""
        self.note(task, DELETED, False, True)
        self._deleted.add(task.pk)

    def note_restored(self, task: Task) -> None:
        """Restore a deleted task, and record it."""
        task.deleted_at = task.deleted_by = None
        self.note(task, DELETED, True, False)
        task.save(update_fields=DELETION_FIELDS)

    def note_completed(self, task: Task) -> None:
        """Remember that a task is completed by this call: the next one of its series may have to be made."""
        self.completed.append(task)

    def note_moved(self, task: Task) -> None:
        """Record that a task has another place in its column, which is no part of its history."""
        task.version = self.version
        self._updated.add(task.pk)

    def note_assigned(self, task: Task, user_ids: Iterable[UUID]) -> None:
        """Remember a user that this call assigns a task to, to notify them."""
        self._assigned += [(task, user_id) for user_id in user_ids]

    def note_spread(self) -> None:
        """Record that all tasks of a column have new positions, in the order of before."""
        self._is_spread = True

    def remember(self) -> State:
        """Return what is recorded so far."""
        return State(
            len(self._changes),
            len(self._assigned),
            len(self.completed),
            frozenset(self._created),
            frozenset(self._updated),
        )

    def forget(self, state: State) -> None:
        """Take back what was recorded since `remember`."""
        del self._changes[state.changes :]
        del self._assigned[state.assigned :]
        del self.completed[state.completed :]
        self._created, self._updated = set(state.created), set(state.updated)

    def save(self) -> None:
        """Store the history and the new version of the project, and announce all after the commit. Two queries."""
        touched = self._created | self._updated
        if not touched:
            return
        self.project.version = self.version
        self.project.save(update_fields=["version", "last_number", "updated_at"])
        TaskChange.objects.bulk_create(self._changes)
        created = [change.task_id for change in self._changes if change.field == CREATED]
        facts = (self.project, self.actor, self.version, created, list(self._deleted), self._assigned, self._changes)
        tasks_recorded(Recorded(*facts))
        after_commit(
            events.tasks_changed,
            self.project.pk,
            self.version,
            created=self._created,
            updated=self._updated - self._created,
            deleted=self._deleted,
            is_spread=self._is_spread,
        )
