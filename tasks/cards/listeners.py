"""Hear of changed tasks, and let a job tell of them in the main channel of their project."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tasks.cards.jobs import announce_news, redraw_cards
from tasks.models import Status, TaskChange
from tasks.work.hooks import Recorded
from tasks.work.recording import DELETED

# Tasks whose own cards are looked for, of each kind of news.
MAX_NAMED = 50


def tasks_recorded(recorded: Recorded) -> None:
    """Store a job where there is news of tasks and the project tells of them, and one to draw cards anew.

    One statement for each, or none.
    """
    back = [change.task_id for change in recorded.changes if change.field == DELETED and not change.after]
    if gone_or_back := [*recorded.deleted, *back][:MAX_NAMED]:
        redraw_cards.enqueue(project_id=str(recorded.project.pk), task_ids=[str(task_id) for task_id in gone_or_back])
    if recorded.actor is None or not recorded.project.announces_tasks:
        return
    news = _list_news(recorded)
    if news:
        announce_news.enqueue(
            project_id=str(recorded.project.pk),
            actor_id=str(recorded.actor.pk),
            version=recorded.version,
            named={kind: [str(task_id) for task_id in ids[:MAX_NAMED]] for kind, ids in news.items()},
            counts={kind: len(ids) for kind, ids in news.items()},
        )


def _list_news(recorded: Recorded) -> dict[str, list[UUID]]:
    """Return the tasks of each kind of news, each once."""
    news: dict[str, list[UUID]] = {}
    told = set(recorded.deleted)
    for kind, ids in (("created", recorded.created), *_read_changes(recorded.changes)):
        fresh = [task_id for task_id in dict.fromkeys(ids) if task_id not in told]
        told.update(fresh)
        if fresh:
            news[kind] = fresh
    return news


def _read_changes(changes: Sequence[TaskChange]) -> list[tuple[str, list[UUID]]]:
    moved = [change for change in changes if change.field == "status"]
    completed = [change.task_id for change in moved if change.after == Status.COMPLETED]
    reopened = [change.task_id for change in moved if change.before == Status.COMPLETED]
    assigned = [change.task_id for change in changes if _adds_assignees(change)]
    return [("completed", completed), ("reopened", reopened), ("assigned", assigned)]


def _adds_assignees(change: TaskChange) -> bool:
    return change.field == "assignee_ids" and bool(set(change.after or ()) - set(change.before or ()))
