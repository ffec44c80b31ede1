"""Tasks that are made of messages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from chat.commands.services import run_command
from chat.messages.services.edit import delete_message
from chat.messages.services.post import post_message
from chat.models import Message, Room
from lib.web.site import get_site_origin
from tasks.from_messages.services import create_task_of_message
from tasks.models import Project, Task
from tasks.work.services.deleting import delete_task
from tests.conftest import ApiFor
from tests.factories import make_organisation
from tests.tasks.work.conftest import make_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def message(bob: User, project: Project) -> Message:
    text = "The *light* of the pier blinks.\n\nIt did so yesterday."
    return post_message(actor=bob, room_id=project.pk, content=text).message


def test_a_message_becomes_a_task_of_its_rooms_project(alice: User, project: Project, message: Message) -> None:
    task, is_new = create_task_of_message(actor=alice, message_id=message.pk)

    assert is_new
    assert (task.project_id, task.message_id, task.creator) == (project.pk, message.pk, alice)
    assert task.title == "The light of the pier blinks. It did so yesterday."
    assert task.description == message.content


def test_twice_is_the_same_task(api_for: ApiFor, alice: User, bob: User, message: Message) -> None:
    path = f"/messages/{message.pk}/task"
    first = api_for(alice).call("POST", path, {"title": "Mend it"})
    again = api_for(bob).call("POST", path, {})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert again.json()["message_id"] == str(message.pk)
    delete_task(actor=alice, task_id=UUID(first.json()["id"]))
    assert api_for(bob).call("POST", path, {}).status_code == 201


def test_twice_at_once_is_one_task(alice: User, bob: User, message: Message) -> None:
    barrier = Barrier(4)

    def create(user: User) -> bool:
        try:
            barrier.wait()
            return create_task_of_message(actor=user, message_id=message.pk)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(create, [alice, bob, alice, bob])) == [False, False, False, True]
    assert Task.objects.count() == 1


def test_a_message_of_no_project_needs_one_to_be_chosen(alice: User, room: Room, project: Project) -> None:
    said = post_message(actor=alice, room_id=room.pk, content="Paint the pier").message

    with pytest.raises(ValidationError):
        create_task_of_message(actor=alice, message_id=said.pk)
    assert create_task_of_message(actor=alice, message_id=said.pk, project_id=project.pk)[0].title == "Paint the pier"


def test_strangers_make_no_tasks_of_messages(charlie: User, robin: User, message: Message) -> None:
    for stranger in (charlie, robin):
        with pytest.raises(ObjectDoesNotExist):
            create_task_of_message(actor=stranger, message_id=message.pk)


def test_a_project_of_another_organisation_is_none(alice: User, message: Message) -> None:
    other = make_project(make_organisation("Second", owner=alice), alice, [], key="TWO")

    with pytest.raises(Project.DoesNotExist):
        create_task_of_message(actor=alice, message_id=message.pk, project_id=other.pk)


def test_a_hidden_project_takes_no_messages(alice: User, robin: User, room: Room, project: Project) -> None:
    said = post_message(actor=alice, room_id=room.pk, content="Paint the pier").message

    with pytest.raises(Project.DoesNotExist):
        create_task_of_message(actor=robin, message_id=said.pk, project_id=project.pk)


def test_an_archived_project_takes_no_messages(alice: User, message: Message) -> None:
    Project.objects.update(archived_at=timezone.now())

    with pytest.raises(PermissionDenied):
        create_task_of_message(actor=alice, message_id=message.pk)


def test_a_deleted_message_becomes_no_task(bob: User, message: Message) -> None:
    delete_message(actor=bob, message_id=message.pk)

    with pytest.raises(Message.DoesNotExist):
        create_task_of_message(actor=bob, message_id=message.pk)


def test_the_command_creates_a_task(alice: User, project: Project) -> None:
    outcome = run_command(actor=alice, room_id=project.pk, text="/task Mend [the] light")

    task = Task.objects.get()
    assert (task.title, task.project_id) == ("Mend [the] light", project.pk)
    assert outcome.notice == rf"Task created: [ATR-1 Mend \[the\] light]({get_site_origin()}/tasks/{task.pk}/)"


def test_the_command_is_offered_in_rooms_of_projects_alone(
    api_for: ApiFor, alice: User, room: Room, project: Project
) -> None:
    def offered(room_id: object) -> bool:
        answer = api_for(alice).call("GET", f"/rooms/{room_id}/commands").json()
        return any(command["name"] == "task" for command in answer["items"])

    assert offered(project.pk)
    assert not offered(room.pk)
    for text, place in (("/task Paint", room.pk), ("/task", project.pk)):
        with pytest.raises(ValidationError):
            run_command(actor=alice, room_id=place, text=text)
