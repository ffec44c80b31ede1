"""Relations of tasks, over projects too."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Project, Task, TaskChange, TaskRelation
from tasks.projects.services.states import archive_project
from tasks.relations.queries import list_relations
from tasks.relations.services import relate_tasks, remove_relation
from tasks.work.services.creating import create_tasks
from tasks.work.services.deleting import delete_task
from tests.conftest import ApiFor
from tests.tasks.work.conftest import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(alice: User, project: Project) -> list[Task]:
    return create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": title} for title in "abc"])


@pytest.fixture
def secret(alice: User, project: Project) -> Task:
    """A task of a project that Bob doesn't see."""
    hidden = make_project(project.organisation, alice, [], key="SEC")
    return create_tasks(actor=alice, project_id=hidden.pk, tasks=[{"title": "Secret"}])[0]


def test_both_tasks_know_a_relation(api_for: ApiFor, bob: User, tasks: list[Task]) -> None:
    api, (a, b, _) = api_for(bob), tasks

    answer = api.call("POST", f"/tasks/{a.pk}/relations", {"kind": "blocked_by", "key": "atr-2"})

    assert (answer.status_code, answer.json()["task"]["title"]) == (201, "b")
    shown = [api.call("GET", f"/tasks/{task.pk}/relations").json()["items"] for task in (a, b)]
    assert [(each["kind"], each["task"]["key"]) for [each] in shown] == [("blocked_by", "ATR-2"), ("blocks", "ATR-1")]
    changes = TaskChange.objects.filter(field="relation").order_by("task__number")
    assert list(changes.values_list("task", "after__kind", "after__key")) == [
        (a.pk, "blocked_by", "ATR-2"),
        (b.pk, "blocks", "ATR-1"),
    ]
    assert api.call("DELETE", f"/tasks/{b.pk}/relations/{answer.json()['id']}").status_code == 204
    assert not TaskRelation.objects.exists()
    assert TaskChange.objects.filter(field="relation", after__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("kind", "again"),
    [("blocks", "blocked_by"), ("duplicated_by", "duplicates"), ("relates", "relates")],
)
def test_the_same_relation_is_stored_once(alice: User, tasks: list[Task], kind: str, again: str) -> None:
    first = relate_tasks(actor=alice, task_id=tasks[0].pk, kind=kind, other_id=tasks[1].pk)

    assert relate_tasks(actor=alice, task_id=tasks[1].pk, kind=again, other_id=tasks[0].pk) == first
    assert TaskChange.objects.filter(field="relation").count() == 2


@pytest.mark.parametrize("kind", ["blocks", "duplicates"])
def test_a_contradiction_is_refused(api_for: ApiFor, alice: User, tasks: list[Task], kind: str) -> None:
    a, b, c = tasks
    relate_tasks(actor=alice, task_id=a.pk, kind=kind, other_id=b.pk)
    relate_tasks(actor=alice, task_id=b.pk, kind=kind, other_id=c.pk)

    for task, other in ((b, a), (c, a)):
        with pytest.raises(Conflict):
            relate_tasks(actor=alice, task_id=task.pk, kind=kind, other_id=other.pk)
    answer = api_for(alice).call("POST", f"/tasks/{b.pk}/relations", {"kind": kind, "task_id": str(a.pk)})
    assert (answer.status_code, answer.json()["code"]) == (409, "contradiction")
    assert TaskRelation.objects.count() == 2


def test_a_task_has_no_relation_to_itself(alice: User, tasks: list[Task]) -> None:
    with pytest.raises(ValidationError):
        relate_tasks(actor=alice, task_id=tasks[0].pk, kind="relates", other_id=tasks[0].pk)


def test_a_hidden_task_can_be_neither_related_nor_seen(
    api_for: ApiFor, alice: User, bob: User, tasks: list[Task], secret: Task
) -> None:
    relation = relate_tasks(actor=alice, task_id=tasks[0].pk, kind="relates", other_id=secret.pk)

    assert list(list_relations(user=alice, task_id=tasks[0].pk)) == [relation]
    assert not list_relations(user=bob, task_id=tasks[0].pk).exists()
    with pytest.raises(TaskRelation.DoesNotExist):
        remove_relation(actor=bob, task_id=tasks[0].pk, relation_id=relation.pk)
    with pytest.raises(Task.DoesNotExist):
        relate_tasks(actor=bob, task_id=tasks[1].pk, kind="relates", other_id=secret.pk)
    for body in ({"kind": "relates", "key": "SEC-1"}, {"kind": "relates", "task_id": str(secret.pk)}):
        assert api_for(bob).call("POST", f"/tasks/{tasks[1].pk}/relations", body).status_code == 404


def test_who_only_sees_a_project_changes_nothing_in_it(alice: User, bob: User, tasks: list[Task], secret: Task) -> None:
    secret.project.channel.members_only = False
    secret.project.channel.save()
    assert Task.objects.visible_to(bob).filter(pk=secret.pk).exists()

    with pytest.raises(PermissionDenied):
        relate_tasks(actor=bob, task_id=secret.pk, kind="blocks", other_id=tasks[0].pk)
    with pytest.raises(PermissionDenied):
        relate_tasks(actor=bob, task_id=tasks[0].pk, kind="blocks", other_id=secret.pk)
    secret.refresh_from_db()
    assert secret.version == 1


def test_a_relation_can_be_taken_back_whatever_became_of_the_other_project(
    alice: User, tasks: list[Task], secret: Task
) -> None:
    relation = relate_tasks(actor=alice, task_id=tasks[0].pk, kind="blocks", other_id=secret.pk)
    archive_project(actor=alice, project_id=secret.project_id)

    with pytest.raises(PermissionDenied):
        relate_tasks(actor=alice, task_id=tasks[1].pk, kind="blocks", other_id=secret.pk)
    remove_relation(actor=alice, task_id=tasks[0].pk, relation_id=relation.pk)

    assert not TaskRelation.objects.exists()


def test_history_names_no_task_that_the_reader_does_not_see(
    api_for: ApiFor, alice: User, bob: User, tasks: list[Task], secret: Task
) -> None:
    relation = relate_tasks(actor=alice, task_id=tasks[0].pk, kind="blocks", other_id=secret.pk)
    remove_relation(actor=alice, task_id=tasks[0].pk, relation_id=relation.pk)
    path = f"/tasks/{tasks[0].pk}/changes"
    told = {"kind": "blocks", "task_id": str(secret.pk), "key": "SEC-1"}
    hidden = {"kind": "blocks", "task_id": None, "key": None}

    for reader, shown in ((alice, told), (bob, hidden)):
        lines = [each for each in api_for(reader).call("GET", path).json()["items"] if each["field"] == "relation"]
        assert [(each["before"], each["after"]) for each in lines] == [(shown, None), (None, shown)]


def test_a_circle_is_found_over_any_number_of_tasks(alice: User, project: Project) -> None:
    chain = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": str(n)} for n in range(60)])
    TaskRelation.objects.bulk_create(
        TaskRelation(task=first, other=second, kind="blocks") for first, second in zip(chain, chain[1:], strict=False)
    )
    with pytest.raises(Conflict):
        relate_tasks(actor=alice, task_id=chain[-1].pk, kind="blocks", other_id=chain[0].pk)


def test_deleted_tasks_are_not_shown(alice: User, tasks: list[Task]) -> None:
    relate_tasks(actor=alice, task_id=tasks[0].pk, kind="blocks", other_id=tasks[1].pk)
    delete_task(actor=alice, task_id=tasks[1].pk)

    assert not list_relations(user=alice, task_id=tasks[0].pk).exists()


def test_what_names_no_other_task_is_refused(api_for: ApiFor, alice: User, charlie: User, tasks: list[Task]) -> None:
    path = f"/tasks/{tasks[0].pk}/relations"
    for body in (
        {"kind": "relates"},
        {"kind": "hates", "task_id": str(tasks[1].pk)},
        {"kind": "relates", "key": "ATR"},
        {"kind": "relates", "key": "ATR-2", "task_id": str(tasks[1].pk)},
    ):
        assert api_for(alice).call("POST", path, body).status_code == 422
    assert api_for(charlie).call("GET", path).status_code == 404
    assert api_for(charlie).call("POST", path, {"kind": "relates", "key": "ATR-2"}).status_code == 404


def test_a_list_of_relations_costs_the_same_for_few_and_many(
    api_for: ApiFor, alice: User, project: Project, tasks: list[Task], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_for(alice)
    for count in (1, 20):
        others = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": "x"}] * count)
        for other in others:
            relate_tasks(actor=alice, task_id=tasks[0].pk, kind="blocks", other_id=other.pk)
        with django_assert_num_queries(3):
            assert api.call("GET", f"/tasks/{tasks[0].pk}/relations").status_code == 200
