"""References to tasks: nobody learns of what they may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.messages.services.post import post_message
from tasks.from_messages.services import create_task_of_message
from tasks.models import Project
from tasks.references.queries import search_tasks
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import complete_task
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_organisation
from tests.tasks.work.conftest import make_project

pytestmark = pytest.mark.django_db


def ask(api_for: ApiFor, user: User, query: str, slug: str = "halyard") -> Any:
    answer = api_for(user).call("GET", f"/orgs/{slug}/task-references?{query}")
    return [item["key"] for item in answer.json()["items"]] if answer.status_code == 200 else answer.status_code


def test_keys_become_titles_and_statuses(api_for: ApiFor, bob: User, alice: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    create_task(actor=alice, project_id=project.pk, title="Varnish")
    complete_task(actor=alice, task_id=task.pk)

    answer = api_for(bob).call("GET", "/orgs/halyard/task-references?keys=ATR-1,ATR-2,ATR-9,made-up,XY-1").json()

    assert [(each["key"], each["title"], each["status"]) for each in answer["items"]] == [
        ("ATR-1", "Paint", "completed"),
        ("ATR-2", "Varnish", "pending"),
    ]


def test_a_hidden_project_gives_nothing(
    api_for: ApiFor, alice: User, robin: User, charlie: User, project: Project
) -> None:
    create_task(actor=alice, project_id=project.pk, title="Secret")

    assert ask(api_for, alice, "keys=ATR-1") == ["ATR-1"]
    assert ask(api_for, robin, "keys=ATR-1") == ask(api_for, robin, "keys=ATR-2") == []
    assert ask(api_for, charlie, "keys=ATR-1") == 404
    assert ask(api_for, charlie, "keys=ATR-1", "elsewhere") == []


def test_keys_are_those_of_one_organisation(
    api_for: ApiFor, alice: User, project: Project, halyard: Organisation
) -> None:
    second = make_organisation("Second", owner=alice)
    other = make_project(second, alice, [], key="TWO")
    create_task(actor=alice, project_id=other.pk, title="Elsewhere")

    assert ask(api_for, alice, "keys=TWO-1") == []
    assert ask(api_for, alice, "keys=TWO-1", "second") == ["TWO-1"]


def test_a_deleted_task_is_no_reference_and_an_archived_projects_is(
    api_for: ApiFor, alice: User, project: Project
) -> None:
    tasks = [create_task(actor=alice, project_id=project.pk, title=title) for title in ("Paint", "Varnish")]
    delete_task(actor=alice, task_id=tasks[0].pk)
    Project.objects.update(archived_at=timezone.now())

    assert ask(api_for, alice, "keys=ATR-1,ATR-2") == ["ATR-2"]


def test_messages_name_the_tasks_made_of_them(api_for: ApiFor, alice: User, robin: User, project: Project) -> None:
    said = post_message(actor=alice, room_id=project.pk, content="Paint").message
    create_task_of_message(actor=alice, message_id=said.pk)

    assert ask(api_for, alice, f"message_ids={said.pk}") == ["ATR-1"]
    assert ask(api_for, robin, f"message_ids={said.pk}") == []
    assert ask(api_for, alice, "message_ids=made-up") == 422


@pytest.mark.parametrize("count", [1, 30])
def test_references_cost_one_query(
    api_for: ApiFor,
    alice: User,
    project: Project,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(count):
        create_task(actor=alice, project_id=project.pk, title=f"Task {n}")
    api, keys = api_for(alice), ",".join(f"ATR-{n}" for n in range(1, count + 1))
    api.call("GET", "/orgs/halyard/task-references")

    with django_assert_num_queries(3):  # token, membership, tasks
        assert len(api.call("GET", f"/orgs/halyard/task-references?keys={keys}").json()["items"]) == count


def test_own_open_tasks_come_first(alice: User, bob: User, halyard: Organisation, project: Project) -> None:
    titles = {"Paint a": [alice.pk], "Paint b": [], "Paint c": [alice.pk], "Varnish": []}
    tasks = [
        create_task(actor=alice, project_id=project.pk, title=title, assignee_ids=ids) for title, ids in titles.items()
    ]
    complete_task(actor=alice, task_id=tasks[0].pk)

    def find(q: str) -> list[str]:
        return [task.title for task in search_tasks(user=alice, organisation=halyard, q=q, limit=8)]

    assert find("PAINT") == ["Paint c", "Paint b", "Paint a"]
    assert find("atr-4") == find("4") == ["Varnish"]
    assert len(find("atr")) == len(find("ATR-")) == len(find("")) == 4
    assert find("made-up") == []


def test_a_search_finds_tasks_that_the_asker_sees(
    api_for: ApiFor, client_for: ClientFor, alice: User, robin: User, charlie: User, project: Project
) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint the pier")

    def found(user: User, q: str) -> list[str]:
        answer = api_for(user).call("GET", f"/search?org=halyard&q={q}").json()
        return [each["name"] for each in answer["others"]]

    assert found(alice, "pier") == found(alice, "ATR-1") == ["ATR-1 Paint the pier"]
    assert found(robin, "pier") == []
    assert found(alice, "pier+has:link") == []
    assert api_for(charlie).call("GET", "/search?org=halyard&q=pier").status_code == 404
    page = client_for(alice).get("/o/halyard/search/?q=pier").content.decode()
    assert f'href="/tasks/{task.pk}/"' in page
    assert "Paint the pier" not in client_for(robin).get("/o/halyard/search/?q=pier").content.decode()


def test_suggestions_are_what_the_asker_sees(api_for: ApiFor, alice: User, robin: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint the pier")

    def suggested(user: User) -> list[str]:
        answer = api_for(user).call("GET", "/orgs/halyard/task-suggestions?q=pier").json()
        return [each["key"] for each in answer["items"]]

    assert (suggested(alice), suggested(robin)) == (["ATR-1"], [])
