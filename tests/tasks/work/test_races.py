"""Tasks that many users create and move at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from tasks.models import Project, Task
from tasks.work.services.bulk import upsert_task
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.updating import complete_task, move_tasks, update_task
from tests.tasks.work.conftest import column_of

USERS = 10


def run_together(action: Callable[[int], Any], count: int) -> list[Any]:
    """Call an action in threads that begin at the same moment."""
    together = Barrier(USERS)

    def run(first: int) -> list[Any]:
        together.wait()
        try:
            return [action(number) for number in range(first, count, USERS)]
        finally:
            connection.close()

    with ThreadPoolExecutor(USERS) as pool:
        return [result for results in pool.map(run, range(USERS)) for result in results]


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_fifty_numbers_and_places(alice: User, project: Project) -> None:
    tasks = run_together(lambda n: create_task(actor=alice, project_id=project.pk, title=str(n)), 50)

    assert sorted(task.number for task in tasks) == list(range(1, 51))
    assert len({task.position for task in tasks}) == 50
    assert sorted(task.version for task in tasks) == list(range(1, 51))


@pytest.mark.django_db(transaction=True)
def test_all_who_drag_at_once_end_with_one_order(alice: User, bob: User, project: Project) -> None:
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": str(n)} for n in range(10)])
    columns = [column_of(project, name).pk for name in ("To do", "Doing", "Done")]

    def move(n: int) -> None:
        move_tasks(
            actor=(alice, bob)[n % 2],
            project_id=project.pk,
            task_ids=[tasks[n % 10].pk, tasks[n * 7 % 10].pk],
            column_id=columns[n % 3],
            after_id=tasks[n * 3 % 10].pk,
        )

    run_together(move, 60)

    placed = list(Task.objects.values_list("column", "position"))
    assert len(placed) == len(set(placed)) == 10
    project.refresh_from_db()
    assert project.version == 61
    for task in Task.objects.select_related("column"):
        assert task.column
        assert (task.status, task.completed_at is None) == (task.column.status, task.column.status != "completed")


@pytest.mark.django_db(transaction=True)
def test_each_field_has_the_value_of_one_user(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")

    def change(n: int) -> None:
        if n % 3 == 0:
            complete_task(actor=alice, task_id=task.pk)
        else:
            update_task(actor=bob, task_id=task.pk, **{"title": str(n)} if n % 3 == 1 else {"description": str(n)})

    run_together(change, 30)

    found = Task.objects.get()
    assert int(found.title) % 3 == 1
    assert int(found.description) % 3 == 2
    assert found.status == "completed"
    assert list(found.changes.filter(field="status").values_list("after", flat=True)) == ["completed"]


@pytest.mark.django_db(transaction=True)
def test_one_external_id_is_one_task(alice: User, project: Project) -> None:
    def upsert(n: int) -> bool:
        return upsert_task(actor=alice, project_id=project.pk, external_id="A", fields={"title": str(n)})[1]

    assert sum(run_together(upsert, 20)) == 1
    assert Task.objects.count() == 1
