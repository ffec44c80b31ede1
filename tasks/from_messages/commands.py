"""The command that creates a task: /task."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chat.commands.markdown import escape_markdown
from chat.commands.registry import Call, Command, Outcome
from chat.rooms.queries.room_head import RoomHead
from lib.web.site import get_site_origin
from tasks.scopes import WRITE_TASKS
from tasks.work.services.quick_adding import add_task_quickly


def add_task(call: Call) -> Outcome:
    """Create a task in the project of the room, from one line as in quick add."""
    project_id = call.head.room.main_channel_id
    if project_id is None:
        raise ValidationError({"text": _("This room belongs to no project.")})
    if not call.text:
        raise ValidationError({"text": _("Say what is to be done: /task Mend the light")})
    task = add_task_quickly(actor=call.actor, project_id=project_id, text=call.text)
    key = f"{task.project.key}-{task.number}"
    link = f"[{key} {escape_markdown(task.title)}]({get_site_origin()}{task.get_absolute_url()})"
    return Outcome(notice=gettext("Task created: %(task)s") % {"task": link})


def _is_in_project(head: RoomHead) -> bool:
    return head.can_post and head.room.main_channel_id is not None


COMMANDS = (Command("task", _("[what is to be done]"), _("Create a task"), add_task, _is_in_project, WRITE_TASKS),)
