"""Places on the board: moving tasks, and an order that everyone agrees on."""

from __future__ import annotations

import random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from lib.realtime.hub import Event
from tasks.models import Project, Task
from tasks.positions import LONG, position_between, positions_between, spread_positions
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.updating import move_tasks
from tests.conftest import AfterCommit
from tests.tasks.work.conftest import column_of, make_project


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 4)), max_size=60), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_there_is_always_a_place_between_two(places: list[tuple[float, int]], seed: int) -> None:
    random.seed(seed)
    keys: list[str] = []
    for share, count in places:
        index = round(share * len(keys))
        before = keys[index - 1] if index else ""
        after = keys[index] if index < len(keys) else ""
        keys[index:index] = positions_between(before, after, count)

    assert keys == sorted(set(keys))
    assert not any(key.endswith("0") for key in keys)


def test_adding_at_either_end_keeps_keys_short() -> None:
    first = last = position_between("", "")
    for _ in range(2000):
        first, last = position_between("", first), position_between(last, "")

    assert max(len(first), len(last)) <= 8
    assert max(map(len, spread_positions(10_000))) <= 8


def test_no_place_is_between_what_is_not_in_order() -> None:
    for before, after in (("b1", "a1"), ("a1", "a1")):
        with pytest.raises(ValueError, match="order"):
            position_between(before, after)


pytestmark = pytest.mark.django_db


def read_order(project: Project, name: str) -> str:
    return "".join(Task.objects.filter(column=column_of(project, name)).in_order().values_list("title", flat=True))


@pytest.fixture
def tasks(alice: User, project: Project) -> dict[str, Task]:
    created = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": title} for title in "abcd"])
    return {task.title: task for task in created}


@pytest.mark.parametrize(
    ("moved", "place", "expected"),
    [
        ("a", {"after_id": "c"}, "bcad"),
        ("d", {"before_id": "a"}, "dabc"),
        ("a", {}, "bcda"),
        ("ca", {"after_id": "d"}, "bdca"),
        ("b", {"after_id": "b"}, "acdb"),
        ("b", {"after_id": "c", "before_id": "a"}, "acbd"),
    ],
)
def test_tasks_are_moved_beside_others(
    alice: User, project: Project, tasks: dict[str, Task], moved: str, place: dict[str, str], expected: str
) -> None:
    move_tasks(
        actor=alice,
        project_id=project.pk,
        task_ids=[tasks[title].pk for title in moved],
        column_id=column_of(project, "To do").pk,
        **{name: tasks[title].pk for name, title in place.items()},
    )

    assert read_order(project, "To do") == expected


def test_a_neighbour_that_has_left_the_column_counts_for_nothing(
    alice: User, project: Project, tasks: dict[str, Task]
) -> None:
    doing, done = column_of(project, "Doing").pk, column_of(project, "Done").pk
    move_tasks(actor=alice, project_id=project.pk, task_ids=[tasks["a"].pk, tasks["b"].pk], column_id=doing)
    move_tasks(actor=alice, project_id=project.pk, task_ids=[tasks["c"].pk], column_id=done, after_id=tasks["a"].pk)
    move_tasks(
        actor=alice,
        project_id=project.pk,
        task_ids=[tasks["d"].pk],
        column_id=doing,
        after_id=tasks["c"].pk,
        before_id=tasks["b"].pk,
    )

    assert [read_order(project, name) for name in ("To do", "Doing", "Done")] == ["", "adb", "c"]
    assert Task.objects.get(title="c").completed_at is not None


def test_a_neighbour_of_another_project_is_refused(alice: User, project: Project, tasks: dict[str, Task]) -> None:
    other = make_project(project.organisation, alice, [], key="ELSE")
    stray = create_task(actor=alice, project_id=other.pk, title="stray")

    for side in ("after_id", "before_id"):
        with pytest.raises(ValidationError):
            move_tasks(
                actor=alice,
                project_id=project.pk,
                task_ids=[tasks["a"].pk],
                column_id=column_of(project, "Doing").pk,
                **{side: stray.pk},
            )


def test_a_column_whose_keys_are_long_is_spread_out_without_a_jump(
    alice: User,
    project: Project,
    tasks: dict[str, Task],
    published: list[Event],
    django_capture_on_commit_callbacks: AfterCommit,
) -> None:
    # As many moves between the same two leave: there is no short key between these.
    for title, position in (("a", "m"), ("b", "m" + "0" * (LONG - 1) + "1"), ("c", "n"), ("d", "o")):
        Task.objects.filter(pk=tasks[title].pk).update(position=position)

    with django_capture_on_commit_callbacks(execute=True):
        move_tasks(
            actor=alice,
            project_id=project.pk,
            task_ids=[tasks["d"].pk],
            column_id=column_of(project, "To do").pk,
            after_id=tasks["a"].pk,
        )

    assert read_order(project, "To do") == "adbc"
    assert max(map(len, Task.objects.values_list("position", flat=True))) <= 10
    assert any(b'"tasks.spread"' in (event.frame) for event in published)


def test_a_new_task_stands_at_the_end_and_the_triage_has_an_order_too(alice: User, project: Project) -> None:
    for title in "ab":
        create_task(actor=alice, project_id=project.pk, title=title, column_id=None)
    triage = Task.objects.filter(project=project, column=None)
    assert "".join(triage.in_order().values_list("title", flat=True)) == "ab"

    first = triage.get(title="a")
    moved = move_tasks(
        actor=alice, project_id=project.pk, task_ids=[first.pk], column_id=column_of(project, "Doing").pk
    )

    assert [(task.status, task.column.name) for task in moved] == [("in_progress", "Doing")]
