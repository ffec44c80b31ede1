"""A project with all that a shared board must not show."""

from __future__ import annotations

import pytest

from accounts.models import User
from chat.models import Room
from tasks.comments.services import add_comment
from tasks.models import Label, Project
from tasks.projects.services.projects import update_project
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task
from tests.tasks.work.conftest import project

__all__ = ["planted", "project"]

# Texts that no shared board has, whatever it shows; a description and the name of Bob are the admin's choice.
PRIVATE = ("secret-comment", "secret-triage", "secret-deleted", "secret-project", "secret-channel", "git.example")


@pytest.fixture
def planted(alice: User, bob: User, project: Project) -> Project:  # noqa: F811  the fixture above
    label = Label.objects.create(project=project, name="Hull & keel", color="teal")
    task = create_task(
        actor=alice,
        project_id=project.pk,
        title="Paint <b>it</b>",
        description="secret-description **twice**",
        priority=4,
        assignee_ids=[bob.pk],
        label_ids=[label.pk],
    )
    create_task(actor=alice, project_id=project.pk, title="secret-triage", column_id=None)
    gone = create_task(actor=alice, project_id=project.pk, title="secret-deleted")
    delete_task(actor=alice, task_id=gone.pk)
    add_comment(actor=alice, task_id=task.pk, content="secret-comment")
    update_project(
        actor=alice, project_id=project.pk, description="secret-project", git_url="https://git.example/secret"
    )
    Room.objects.filter(pk=project.channel_id).update(topic="secret-channel")
    return project
