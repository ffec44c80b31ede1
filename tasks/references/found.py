"""Let the search of an organisation find tasks."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from chat.search.registry import Found
from tasks.references.queries import search_tasks

KIND, HEADING = "task", _("Tasks")


def find_items(*, user: User, organisation: Organisation, q: str, limit: int) -> Sequence[Found]:
    """Return the tasks that a user sees by a piece of their title, by key or number. One query."""
    tasks = search_tasks(user=user, organisation=organisation, q=q, limit=limit)
    return [
        Found(
            kind=KIND,
            id=task.pk,
            name=f"{task.project.key}-{task.number} {task.title}",
            note=task.project.name,
            state=str(task.get_status_display()),
            url=task.get_absolute_url(),
        )
        for task in tasks
    ]
