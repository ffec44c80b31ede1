"""Name the words of cards: message fragments, which are cached in English."""

from __future__ import annotations

from django.utils.translation import gettext_noop

# Of one task, of several after their number, and of one by another user than the author of the card, before the name.
NEWS = {
    "created": ("taskCreated", "tasksCreated", "taskCreated"),
    "completed": ("taskCompleted", "tasksCompleted", "taskCompletedBy"),
    "reopened": ("taskReopened", "tasksReopened", "taskReopenedBy"),
    "assigned": ("taskAssigned", "tasksAssigned", "taskAssignedBy"),
    "commented": ("taskCommented", "taskCommented", "taskCommented"),
}
STATUSES = {"pending": "taskPending", "in_progress": "taskInProgress", "completed": "taskDone"}
# `card-words.js` has the same.
TEXTS = {
    "taskCreated": gettext_noop("New task"),
    "tasksCreated": gettext_noop("new tasks"),
    "taskCompleted": gettext_noop("Task completed"),
    "tasksCompleted": gettext_noop("tasks completed"),
    "taskCompletedBy": gettext_noop("Task completed by"),
    "taskReopened": gettext_noop("Task opened again"),
    "tasksReopened": gettext_noop("tasks opened again"),
    "taskReopenedBy": gettext_noop("Task opened again by"),
    "taskAssigned": gettext_noop("Task assigned"),
    "tasksAssigned": gettext_noop("tasks assigned"),
    "taskAssignedBy": gettext_noop("Task assigned by"),
    "taskCommented": gettext_noop("Comments on a task"),
    "taskPending": gettext_noop("Pending"),
    "taskInProgress": gettext_noop("In progress"),
    "taskDone": gettext_noop("Completed"),
    "taskDeleted": gettext_noop("Deleted task"),
    "taskComment": gettext_noop("Comment"),
    "allTasks": gettext_noop("All tasks"),
}
