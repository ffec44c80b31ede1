"""Comment on tasks."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.attachments.storing import require_assets
from chat.messages.content import prepare_content
from chat.messages.services.post import Posted, post_message
from tasks.cards.storing import ensure_card
from tasks.models import Project, Task, TaskWatcher


def add_comment(
    *,
    actor: User,
    task_id: UUID,
    content: str,
    client_id: str | None = None,
    asset_ids: Sequence[UUID] = (),
) -> Posted:
    """Post a comment on a task in the thread of its card, which comes with the first one. The actor watches the task.

    Raise Task.DoesNotExist for a hidden task, PermissionDenied for one that the actor may not write in, and what
    `post_message` raises.
    """
    task = Task.objects.visible_to(actor).only("pk", "project_id", "card_id").get(pk=task_id)
    if not Project.objects.writable_by(actor).filter(pk=task.project_id).exists():
        raise PermissionDenied(_("You can't comment on the tasks of this project."))
    if task.card_id is None:  # what is refused leaves no card behind
        prepare_content(content, author=actor, room_id=task.project_id, may_be_empty=bool(asset_ids))
        require_assets(asset_ids, author=actor, room_id=task.project_id)
    posted = post_message(
        actor=actor,
        room_id=task.project_id,
        content=content,
        client_id=client_id,
        thread_id=ensure_card(actor=actor, task_id=task_id),
        asset_ids=asset_ids,
    )
    if posted.created:
        TaskWatcher.objects.get_or_create(task_id=task_id, user=actor)
    return posted
