"""Name the scopes of personal tokens for projects and tasks."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.scopes import Area

READ_TASKS = "tasks:read"
WRITE_TASKS = "tasks:write"

AREAS = (
    Area(
        "projects",
        gettext_noop("Projects"),
        frozenset({"projects"}),
        {
            "read": gettext_noop("See projects and who is in them"),
            "write": gettext_noop("Create and change projects, their columns and labels, add people"),
            "admin": gettext_noop("Archive and delete projects, take people out, share boards by links"),
        },
    ),
    Area(
        "tasks",
        gettext_noop("Tasks"),
        frozenset({"tasks"}),
        {
            "read": gettext_noop("See tasks, their comments and history"),
            "write": gettext_noop("Create, change, move and delete tasks, comment on them"),
        },
    ),
)
