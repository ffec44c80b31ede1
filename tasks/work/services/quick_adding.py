"""Create tasks from one line."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import RoomMember
from lib.text.time_zones import find_zone
from lib.text.wall_times import resolve_wall_time
from tasks.models import Label, Project, Task
from tasks.work.quick_add import Names, QuickTask, fold_name, parse_quick_task
from tasks.work.services.creating import create_task

ME = ("me", "ich", "mich")


def add_task_quickly(*, actor: User, project_id: UUID, text: str, **fields: Any) -> Task:
    """Create a task from a line, as `parse_quick_task` reads it; `fields` are those of `create_task`, as `column_id`.

    Raise Project.DoesNotExist for a hidden project, ValidationError for a line that has no title, and the rest as
    `create_task` does.
    """
    parsed = read_quick_task(actor=actor, project_id=project_id, text=text)
    if not parsed.title:
        raise ValidationError({"text": _("A task needs a title.")})
    given: dict[str, Any] = {"title": parsed.title, "label_ids": parsed.label_ids}
    given |= {"assignee_ids": parsed.assignee_ids, "estimate": parsed.estimate, "due_date": parsed.due_date}
    if parsed.priority is not None:
        given["priority"] = parsed.priority
    if parsed.due_date and parsed.due_time:
        zone = find_zone(actor.time_zone) or timezone.get_current_timezone()
        given["due_at"] = resolve_wall_time(datetime.combine(parsed.due_date, parsed.due_time), zone)
        given["time_zone"] = str(zone)
    return create_task(actor=actor, project_id=project_id, **given, **fields)


def read_quick_task(*, actor: User, project_id: UUID, text: str) -> QuickTask:
    """Return what a line means in a project, for one to look at before it is created. Three queries."""
    project = Project.objects.visible_to(actor).get(pk=project_id)
    today = timezone.localdate(timezone=find_zone(actor.time_zone))
    return parse_quick_task(text, _load_names(project, actor), today=today)


def _load_names(project: Project, actor: User) -> Names:
    """Return labels by name, and members by username, by full name, and by first name where only one has it."""
    members = RoomMember.objects.filter(room=project.pk, user__is_active=True).select_related("user")
    users = [member.user for member in members]
    people: dict[str, UUID | None] = {}
    for user in users:
        first = fold_name(user.name.partition(" ")[0])
        people[first] = None if first in people else user.pk
    people |= {fold_name(user.name): user.pk for user in users}
    people |= {fold_name(user.username): user.pk for user in users}
    if any(user.pk == actor.pk for user in users):
        people |= dict.fromkeys(ME, actor.pk)
    labels = Label.objects.filter(project=project).values_list("name", "pk")
    return Names(
        labels={fold_name(name): pk for name, pk in labels},
        people={name: pk for name, pk in people.items() if pk is not None},
    )
