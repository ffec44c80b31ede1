"""Comments on tasks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.messages.services.edit import delete_message
from chat.models import Message, Room, ThreadFollow
from lib.jobs import run_due_jobs
from notifications.models import Notification
from tasks.comments.services import add_comment
from tasks.models import Project, Task, TaskWatcher
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def task(alice: User, project: Project) -> Task:
    return create_task(actor=alice, project_id=project.pk, title="Paint")


def test_the_first_comment_brings_the_card(bob: User, project: Project, task: Task) -> None:
    posted = add_comment(actor=bob, task_id=task.pk, content="Which *colour*?")

    card = Message.objects.get(pk=posted.message.thread_id)
    task.refresh_from_db()
    assert (task.card_id, card.type, card.author_id) == (card.pk, "system", bob.pk)
    assert card.thread_summary and card.thread_summary["reply_count"] == 1
    assert TaskWatcher.objects.filter(task=task, user=bob).exists()
    add_comment(actor=bob, task_id=task.pk, content="Blue.")
    assert Message.objects.filter(room=project.pk, seq__isnull=False).count() == 1


def test_comments_follow_the_card_that_is_there(alice: User, task: Task) -> None:
    run_due_jobs()
    task.refresh_from_db()

    assert add_comment(actor=alice, task_id=task.pk, content="Blue.").message.thread_id == task.card_id


def test_two_first_comments_at_once_have_one_card(alice: User, bob: User, task: Task) -> None:
    barrier = Barrier(4)

    def comment(user: User) -> None:
        try:
            barrier.wait()
            add_comment(actor=user, task_id=task.pk, content="Mine")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(comment, [alice, bob, alice, bob]))

    [card] = Message.objects.filter(type="system")
    assert Message.objects.filter(thread=card.pk).count() == 4


def test_a_mention_in_a_comment_tells(alice: User, bob: User, task: Task) -> None:
    posted = add_comment(actor=alice, task_id=task.pk, content=f"@{bob.username} which colour?")

    assert Notification.objects.filter(user=bob, subject=posted.message.pk).exists()
    assert ThreadFollow.objects.filter(thread=posted.message.thread_id, user=bob).exists()


def test_what_is_refused_leaves_no_card(alice: User, task: Task) -> None:
    with pytest.raises(ValidationError):
        add_comment(actor=alice, task_id=task.pk, content=" ")

    assert not Message.objects.exists()


def test_strangers_neither_read_nor_write_comments(
    api_for: ApiFor, alice: User, charlie: User, robin: User, task: Task
) -> None:
    path = f"/tasks/{task.pk}/comments"
    add_comment(actor=alice, task_id=task.pk, content="Secret")

    for stranger in (charlie, robin):
        assert api_for(stranger).call("GET", path).status_code == 404
        assert api_for(stranger).call("POST", path, {"content": "Hello"}).status_code == 404


def test_who_sees_a_project_but_is_not_in_it_does_not_comment(alice: User, robin: User, task: Task) -> None:
    Room.objects.update(members_only=False)

    with pytest.raises(PermissionDenied):
        add_comment(actor=robin, task_id=task.pk, content="Hello")


def test_an_archived_project_takes_no_comments(alice: User, task: Task) -> None:
    Project.objects.update(archived_at=timezone.now())

    with pytest.raises(PermissionDenied):
        add_comment(actor=alice, task_id=task.pk, content="Hello")


def test_a_deleted_task_has_no_comments(alice: User, task: Task) -> None:
    delete_task(actor=alice, task_id=task.pk)

    with pytest.raises(Task.DoesNotExist):
        add_comment(actor=alice, task_id=task.pk, content="Hello")


def test_comments_over_rest(api_for: ApiFor, alice: User, bob: User, task: Task) -> None:
    path, api = f"/tasks/{task.pk}/comments", api_for(alice)
    assert api.call("GET", path).json() == {"items": [], "next_cursor": None, "card_id": None}

    body = {"content": "Blue.", "client_id": "one"}
    first = api.call("POST", path, body)
    again = api.call("POST", path, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    api_for(bob).call("POST", path, {"content": "Red."})

    answer = api.call("GET", f"{path}?limit=1").json()
    assert [item["content"] for item in answer["items"]] == ["Red."]
    assert answer["card_id"] == first.json()["thread_id"]
    older = api.call("GET", f"{path}?limit=1&cursor={answer['next_cursor']}").json()
    assert [item["content"] for item in older["items"]] == ["Blue."]
    assert api.call("GET", f"/tasks/{task.pk}").json()["comment_count"] == 2


def test_the_first_answer_to_a_deleted_card_has_a_new_one(alice: User, task: Task) -> None:
    run_due_jobs()
    task.refresh_from_db()
    assert task.card_id
    delete_message(actor=alice, message_id=task.card_id)

    posted = add_comment(actor=alice, task_id=task.pk, content="Blue.")

    assert posted.message.thread_id != task.card_id


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_of_comments_costs_the_same(
    api_for: ApiFor, alice: User, task: Task, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        add_comment(actor=alice, task_id=task.pk, content=f"Comment {n}")
    api, path = api_for(alice), f"/tasks/{task.pk}/comments"
    api.call("GET", path)

    with django_assert_num_queries(4):  # token, task, head, replies
        api.call("GET", path)
