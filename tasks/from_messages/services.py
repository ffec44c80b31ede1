"""Make tasks of messages."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.excerpts import describe_message
from chat.models import Message
from tasks.models import MAX_TITLE, Project, Task
from tasks.permissions import lock_project
from tasks.work.queries import load_tasks
from tasks.work.recording import Recording
from tasks.work.services.creating import store_task


def create_task_of_message(
    *, actor: User, message_id: UUID, project_id: UUID | None = None, title: str | None = None
) -> tuple[Task, bool]:
    """Make a task of a message that the actor can see; return it, and whether it is new: the second time it is not.

    By default it belongs to the project of the message's room, and is called as the message begins. Raise
    Message.DoesNotExist for a hidden or deleted message, Project.DoesNotExist for a hidden project and one of another
    organisation, ValidationError where a project has to be chosen, and what `create_task` raises.
    """
    messages = Message.objects.visible_to(actor).not_deleted().select_related("room")
    message = messages.get(pk=message_id)
    project_id = project_id or message.room.main_channel_id
    if project_id is None:
        raise ValidationError({"project_id": _("Choose the project that the task belongs to.")})
    if not Project.objects.visible_to(actor).filter(pk=project_id, organisation=message.room.organisation_id).exists():
        raise Project.DoesNotExist(_("There is no such project."))
    with transaction.atomic():
        project = lock_project(actor, project_id)
        task = Task.objects.standing().filter(project=project, message=message).order_by("number").first()
        is_new = task is None
        if task is None:
            recording = Recording(actor, project)
            task = store_task(recording, _build_fields(message, title))
            recording.save()
    return load_tasks([task.pk])[0], is_new


def _build_fields(message: Message, title: str | None) -> dict[str, object]:
    """Return the fields of a task: the whole message is its description where it says more than the title."""
    first = describe_message(message)
    chosen = title or first[:MAX_TITLE] or str(_("Message"))
    fields = {"title": chosen, "message_id": message.pk}
    return fields | ({"description": message.content} if message.content.strip() != chosen else {})
