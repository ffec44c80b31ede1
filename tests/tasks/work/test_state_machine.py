"""Any order of creating, moving, completing, deleting and restoring ends as plain lists would."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from tasks.models import Project, Task
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task, restore_task
from tasks.work.services.updating import complete_task, move_tasks, reopen_task
from tests.tasks.work.conftest import column_of

COLUMNS = ("To do", "Doing", "Review", "Done")
PENDING, DONE = COLUMNS[0], COLUMNS[-1]

steps = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.sampled_from(COLUMNS)),
        st.tuples(
            st.just("move"),
            st.lists(st.integers(0, 30), min_size=1, max_size=4, unique=True),
            st.sampled_from(COLUMNS),
            st.integers(0, 30),
            st.sampled_from(["after", "before", "end"]),
        ),
        st.tuples(st.sampled_from(["complete", "reopen", "delete", "restore"]), st.integers(0, 30)),
    ),
    max_size=25,
)


class Model:
    """A board of plain lists, and the tasks that were deleted with the place where they stood."""

    def __init__(self, actor: User, project: Project) -> None:
        self.actor, self.project = actor, project
        self.columns: dict[str, list[UUID]] = {name: [] for name in COLUMNS}
        self.ids = {name: column_of(project, name).pk for name in COLUMNS}
        self.tasks: list[UUID] = []
        self.former: dict[UUID, str] = {}
        self.deleted: set[UUID] = set()

    def pick(self, number: int) -> UUID | None:
        standing = [task for task in self.tasks if task not in self.deleted]
        return standing[number % len(standing)] if standing else None

    def column_with(self, task: UUID) -> str:
        return next(name for name, tasks in self.columns.items() if task in tasks)

    def shift(self, tasks: list[UUID], name: str, place: int | None = None) -> None:
        for task in tasks:
            former = self.column_with(task)
            self.columns[former].remove(task)
            if former != name:
                self.former[task] = former
        column = self.columns[name]
        column[len(column) if place is None else place : len(column) if place is None else place] = tasks

    def create(self, name: str) -> None:
        task = create_task(actor=self.actor, project_id=self.project.pk, title="t", column_id=self.ids[name])
        self.tasks.append(task.pk)
        self.columns[name].append(task.pk)

    def move(self, numbers: list[int], name: str, neighbour: int, side: str) -> None:
        moved = list(dict.fromkeys(task for task in map(self.pick, numbers) if task))
        beside = self.pick(neighbour)
        if not moved or beside is None:
            return
        given = {f"{side}_id": beside} if side != "end" else {}
        move_tasks(actor=self.actor, project_id=self.project.pk, task_ids=moved, column_id=self.ids[name], **given)
        others = [task for task in self.columns[name] if task not in moved]
        place = others.index(beside) + (side == "after") if side != "end" and beside in others else len(others)
        self.shift(moved, name, place)

    def complete(self, number: int) -> None:
        if task := self.pick(number):
            complete_task(actor=self.actor, task_id=task)
            if self.column_with(task) != DONE:
                self.shift([task], DONE)

    def reopen(self, number: int) -> None:
        if task := self.pick(number):
            reopen_task(actor=self.actor, task_id=task)
            if self.column_with(task) == DONE:
                self.shift([task], self.former.get(task, PENDING))

    def delete(self, number: int) -> None:
        if task := self.pick(number):
            delete_task(actor=self.actor, task_id=task)
            self.deleted.add(task)
            self.columns[self.column_with(task)].remove(task)

    def restore(self, number: int) -> None:
        """Restore the first task, which then is moved to the end: beside whom it stood may have moved on."""
        if self.deleted:
            task = sorted(self.deleted)[number % len(self.deleted)]
            self.deleted.remove(task)
            restored = restore_task(actor=self.actor, task_id=task)
            assert restored.column
            self.columns[restored.column.name].append(task)
            move_tasks(actor=self.actor, project_id=self.project.pk, task_ids=[task], column_id=restored.column.pk)

    def read(self) -> dict[str, list[UUID]]:
        standing = Task.objects.standing().filter(project=self.project)
        return {
            name: list(standing.filter(column=column).in_order().values_list("pk", flat=True))
            for name, column in self.ids.items()
        }


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_a_board_is_what_plain_lists_would_be(alice: User, project: Project, taken: list[tuple]) -> None:
    with transaction.atomic():
        model = Model(alice, project)
        for name, *arguments in taken:
            getattr(model, name)(*arguments)
            assert model.read() == model.columns, (name, arguments)
        transaction.set_rollback(True)
