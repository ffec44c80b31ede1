"""Load what the cards of a board show, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import User
from tasks.models import Label, Project, Status, Task, TaskAssignee, TaskAttachment, TaskLabel
from tasks.models.tasks import TaskQuerySet
from tasks.work.due import DueDay, describe_due_day

COLUMNS = ("pk", "number", "version", "title", "column", "status", "position", "priority", "due_date", "parent_id")
FEW = 100


class Progress(NamedTuple):
    """How many sub-tasks a task has, and how many of them are completed."""

    total: int
    completed: int


class BoardCard(NamedTuple):
    """What a card of a board shows."""

    id: UUID
    number: int
    version: int
    title: str
    column_id: UUID
    status: str
    position: str
    priority: int
    due: DueDay | None
    is_subtask: bool
    comment_count: int
    file_count: int
    progress: Progress | None
    labels: tuple[Label, ...]
    assignees: tuple[User, ...]


def load_cards(project: Project, tasks: TaskQuerySet, *, today: date) -> list[BoardCard]:
    """Return the cards of tasks of a project that stand in columns, in their order. Seven queries."""
    tasks = tasks.filter(column__isnull=False).in_order()
    rows = list(tasks.values_list(*COLUMNS, "card__thread_summary"))
    ids = [row[0] for row in rows]
    progress, files = _count_subtasks(project, ids), _count_files(project, ids)
    labels, assignees = _load_labels(project, ids), _load_assignees(project, ids)
    return [
        _build_card(row, today, progress.get(row[0]), files.get(row[0], 0), labels[row[0]], assignees[row[0]])
        for row in rows
    ]


def _build_card(
    row: tuple[Any, ...],
    today: date,
    progress: Progress | None,
    file_count: int,
    labels: Iterable[Label],
    assignees: Iterable[User],
) -> BoardCard:
    pk, number, version, title, column, status, position, priority, due_date, parent_id, summary = row
    return BoardCard(
        pk,
        number,
        version,
        title,
        column,
        status,
        position,
        priority,
        describe_due_day(due_date, today=today, is_completed=status == Status.COMPLETED),
        parent_id is not None,
        (summary or {}).get("reply_count", 0),
        file_count,
        progress,
        tuple(labels),
        tuple(assignees),
    )


def _count_subtasks(project: Project, task_ids: Collection[UUID]) -> dict[UUID, Progress]:
    subtasks = Task.objects.standing().filter(_narrow_to("parent", task_ids), project=project, parent__isnull=False)
    done = Count("pk", filter=Q(status=Status.COMPLETED))
    counted = subtasks.order_by().values("parent").annotate(n=Count("pk"), done=done)
    rows = counted.values_list("parent", "n", "done")
    return {parent: Progress(total, done) for parent, total, done in rows if parent}


def _count_files(project: Project, task_ids: Collection[UUID]) -> dict[UUID, int]:
    attached = TaskAttachment.objects.filter(_narrow_to("task", task_ids), task__project=project)
    return dict(attached.order_by().values("task").annotate(n=Count("pk")).values_list("task", "n"))


def _load_labels(project: Project, task_ids: Collection[UUID]) -> dict[UUID, list[Label]]:
    links = TaskLabel.objects.filter(_narrow_to("task", task_ids), label__project=project)
    pairs = list(links.order_by("label__folded_name").values_list("task", "label"))
    # Behind the links: one that is made meanwhile has none of these, one that is deleted meanwhile is missing.
    known = {label.pk: label for label in Label.objects.filter(project=project)}
    found: dict[UUID, list[Label]] = defaultdict(list)
    for task_id, label_id in pairs:
        if label_id in known:
            found[task_id].append(known[label_id])
    return found


def _load_assignees(project: Project, task_ids: Collection[UUID]) -> dict[UUID, list[User]]:
    links = TaskAssignee.objects.filter(_narrow_to("task", task_ids), task__project=project)
    pairs = list(links.order_by("pk").values_list("task", "user"))
    users = User.objects.in_bulk({user_id for _, user_id in pairs})
    found: dict[UUID, list[User]] = defaultdict(list)
    for task_id, user_id in pairs:
        if user_id in users:
            found[task_id].append(users[user_id])
    return found


def _narrow_to(field: str, task_ids: Collection[UUID]) -> Q:
    """Return the condition for a few tasks; many are found faster by their project alone."""
    return Q(**{f"{field}__in": task_ids}) if len(task_ids) <= FEW else Q()
