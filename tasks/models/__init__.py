from tasks.models.cards import TaskCard
from tasks.models.columns import MAX_COLUMNS, MAX_LABELS, Column, Label
from tasks.models.feeds import CalendarFeed
from tasks.models.history import TaskChange
from tasks.models.projects import COLORS, MAX_KEY, MAX_PROJECTS, Project
from tasks.models.share_links import ShareLink
from tasks.models.status import Status
from tasks.models.tasks import (
    MAX_ASSIGNEES,
    MAX_DESCRIPTION,
    MAX_TITLE,
    Task,
    TaskAssignee,
    TaskAttachment,
    TaskLabel,
    TaskRelation,
    TaskWatcher,
)
from tasks.models.time_entries import TimeEntry
from tasks.models.views import SavedView

__all__ = [
    "COLORS",
    "MAX_ASSIGNEES",
    "MAX_COLUMNS",
    "MAX_DESCRIPTION",
    "MAX_KEY",
    "MAX_LABELS",
    "MAX_PROJECTS",
    "MAX_TITLE",
    "CalendarFeed",
    "Column",
    "Label",
    "Project",
    "SavedView",
    "ShareLink",
    "Status",
    "Task",
    "TaskAssignee",
    "TaskAttachment",
    "TaskCard",
    "TaskChange",
    "TaskLabel",
    "TaskRelation",
    "TaskWatcher",
    "TimeEntry",
]
