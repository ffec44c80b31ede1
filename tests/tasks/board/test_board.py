"""The page of a board, and what scripts ask for while it is open."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.models import Room
from tasks.models import Label, Project, Task
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import move_tasks, update_task
from tests.conftest import ClientFor
from tests.tasks.work.conftest import column_of

pytestmark = pytest.mark.django_db


def read_cards(html: str) -> list[str]:
    """The titles of cards, in their order."""
    return re.findall(r'class="task__title"[^>]*>([^<]*)<', html)


def board_of(client_for: ClientFor, user: User, project: Project, query: str = "") -> str:
    answer = client_for(user).get(f"/projects/{project.pk}/board/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def changes_of(client_for: ClientFor, user: User, project: Project, query: str) -> str:
    path = f"/projects/{project.pk}/board/changes/?{query}"
    answer = client_for(user).get(path, headers={"X-Fragment": "1"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_board_shows_tasks_in_their_columns_and_order(client_for: ClientFor, alice: User, project: Project) -> None:
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": title} for title in "abc"])
    doing = column_of(project, "Doing")
    move_tasks(actor=alice, project_id=project.pk, task_ids=[tasks[1].pk], column_id=doing.pk)
    create_task(actor=alice, project_id=project.pk, title="waits in the triage", column_id=None)
    delete_task(actor=alice, task_id=tasks[2].pk)

    html = board_of(client_for, alice, project)

    assert read_cards(html) == ["a", "b"]
    assert re.findall(r"data-count>(\d+)<", html) == ["1", "1", "0", "0"]


def test_a_card_shows_what_belongs_to_its_task(client_for: ClientFor, alice: User, bob: User, project: Project) -> None:
    label = Label.objects.create(project=project, name="Hull & keel", color="teal")
    yesterday = timezone.localdate() - timedelta(days=1)
    task = create_task(
        actor=alice,
        project_id=project.pk,
        title="Paint <b>it</b>",
        priority=4,
        due_date=yesterday,
        assignee_ids=[bob.pk],
        label_ids=[label.pk],
    )
    for title, status in (("Sand", "completed"), ("Prime", "pending")):
        create_task(actor=alice, project_id=project.pk, title=title, parent_id=task.pk, status=status)

    html = board_of(client_for, alice, project)

    card = re.search(rf'<li class="task[^>]*data-task="{task.pk}".*?</li>', html, re.DOTALL)
    assert card
    for shown in ("ATR-1", "Paint &lt;b&gt;it&lt;/b&gt;", "Hull &amp; keel", "Urgent", "due--overdue", "1/2"):
        assert shown in card[0]
    assert f'aria-label="{bob.name}"' in card[0]
    assert "Overdue since" in card[0]
    update_task(actor=alice, task_id=task.pk, status="completed")
    assert "Overdue since" not in board_of(client_for, alice, project)


def test_a_card_follows_the_names_that_it_shows(
    client_for: ClientFor, alice: User, bob: User, project: Project
) -> None:
    label = Label.objects.create(project=project, name="hull")
    create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[bob.pk], label_ids=[label.pk])
    board_of(client_for, alice, project)

    bob.name, label.name = "Robert", "keel"
    bob.save()
    label.save()

    html = board_of(client_for, alice, project)
    assert 'aria-label="Robert"' in html
    assert ">keel<" in html


def test_filters_stand_in_the_address(client_for: ClientFor, alice: User, bob: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint", assignee_ids=[alice.pk], priority=3)
    create_task(actor=alice, project_id=project.pk, title="Varnish", assignee_ids=[bob.pk])

    assert read_cards(board_of(client_for, alice, project, "?assignee=me")) == ["Paint"]
    assert read_cards(board_of(client_for, bob, project, "?assignee=me")) == ["Varnish"]
    assert read_cards(board_of(client_for, alice, project, "?q=varn")) == ["Varnish"]
    assert read_cards(board_of(client_for, alice, project, "?priority=high&due=none")) == ["Paint"]
    html = board_of(client_for, alice, project, "?q=anchor")
    assert (read_cards(html), "No task is like that" in html) == ([], True)
    # What is invalid narrows nothing.
    assert len(read_cards(board_of(client_for, alice, project, "?assignee=nobody&priority=&due=never"))) == 2


def test_an_empty_board_offers_the_first_task(client_for: ClientFor, alice: User, project: Project) -> None:
    assert "add the first task" in board_of(client_for, alice, project)


def test_a_script_gets_the_columns_alone(client_for: ClientFor, alice: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint")

    html = client_for(alice).get(f"/projects/{project.pk}/board/", headers={"X-Fragment": "1"}).content.decode()

    assert read_cards(html) == ["Paint"]
    assert "<nav" not in html


def test_changes_since_a_version_are_cards_and_what_is_gone(
    client_for: ClientFor, alice: User, project: Project
) -> None:
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": title} for title in "abcd"])
    project.refresh_from_db()
    since = project.version
    update_task(actor=alice, task_id=tasks[0].pk, title="A", priority=3)
    delete_task(actor=alice, task_id=tasks[1].pk)
    update_task(actor=alice, task_id=tasks[2].pk, column_id=None)

    html = changes_of(client_for, alice, project, f"since={since}")
    assert read_cards(html) == ["A"]
    assert set(re.findall(r'data-gone="([^"]*)"', html)[0].split()) == {str(tasks[1].pk), str(tasks[2].pk)}
    assert f'data-version="{since + 3}"' in html

    # What the filters leave out has no card here.
    narrowed = changes_of(client_for, alice, project, f"since={since}&priority=low")
    assert (read_cards(narrowed), str(tasks[0].pk) in narrowed) == ([], True)
    # Tasks are named where no version tells of a change.
    named = changes_of(client_for, alice, project, f"since={since + 3}&id={tasks[3].pk}&id={uuid4()}&id=none")
    assert (read_cards(named), re.findall(r'data-gone="([^"]*)"', named)) == (["d"], [""])


def test_the_card_of_a_parent_comes_with_the_changes_of_its_parts(
    client_for: ClientFor, alice: User, project: Project
) -> None:
    parent = create_task(actor=alice, project_id=project.pk, title="Boat")
    part = create_task(actor=alice, project_id=project.pk, title="Hull", parent_id=parent.pk)

    update_task(actor=alice, task_id=part.pk, status="completed")

    html = changes_of(client_for, alice, project, f"since={part.version}")
    assert sorted(read_cards(html)) == ["Boat", "Hull"]
    assert "1/1" in html


def test_who_is_not_in_the_project_finds_no_board(
    client_for: ClientFor, charlie: User, robin: User, project: Project
) -> None:
    for stranger in (charlie, robin):
        for path in ("board/", "board/changes/"):
            assert client_for(stranger).get(f"/projects/{project.pk}/{path}").status_code == 404


def test_who_may_not_write_reads_only(client_for: ClientFor, alice: User, bob: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint")
    assert "column__add" in board_of(client_for, bob, project)

    Room.objects.filter(pk=project.pk).update(members_only=False)
    project.channel.members.filter(user=bob).delete()
    seen = board_of(client_for, bob, project)
    assert (read_cards(seen), "column__add" in seen, "data-menu" in seen) == (["Paint"], False, False)

    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())
    archived = board_of(client_for, alice, project)
    assert (read_cards(archived), "column__add" in archived, "data-menu" in archived) == (["Paint"], False, False)


def test_a_board_costs_the_same_for_many_tasks(
    client_for: ClientFor, alice: User, bob: User, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    labels = [Label.objects.create(project=project, name=name) for name in ("hull", "sail")]
    client = client_for(alice)
    counts = []
    for size in (10, 190):
        fill_board(alice, bob, project, labels, size)
        client.get(f"/projects/{project.pk}/board/")
        with django_assert_num_queries(19) as asked:
            html = client.get(f"/projects/{project.pk}/board/").content.decode()
        counts.append((len(read_cards(html)), len(asked.captured_queries)))
        with django_assert_num_queries(13):
            client.get(f"/projects/{project.pk}/board/", headers={"X-Fragment": "1"})
        with django_assert_num_queries(11):
            client.get(f"/projects/{project.pk}/board/changes/?since=0", headers={"X-Fragment": "1"})
    assert [size for size, _ in counts] == [10, 200]


def fill_board(alice: User, bob: User, project: Project, labels: list[Label], size: int) -> None:
    first = Task.objects.filter(project=project).first()
    fields = {"label_ids": [label.pk for label in labels], "assignee_ids": [alice.pk, bob.pk]}
    parent = {"parent_id": first.pk} if first else {}
    create_tasks(
        actor=alice, project_id=project.pk, tasks=[{"title": f"task {n}", **fields, **parent} for n in range(size)]
    )
