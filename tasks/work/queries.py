"""Load tasks with what belongs to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from tasks.models import Column, Label, Project, Status, Task, TaskAssignee, TaskAttachment, TaskChange, TaskLabel
from tasks.models.tasks import TaskQuerySet
from tasks.work.filters import SORTS, TaskQuery
from tasks.work.places import encode_place
from tasks.work.schemas import TaskOut, TaskPage


@dataclass(frozen=True, slots=True)
class ProjectChoices:
    """What can be chosen for tasks of a project."""

    columns: Sequence[Column]
    labels: Sequence[Label]
    members: Sequence[User]


def with_details(tasks: TaskQuerySet) -> TaskQuerySet:
    """Load project, creator, assignees and labels of tasks, and count what belongs to them. Three queries."""
    subtasks = Task.objects.standing().filter(parent=OuterRef("pk")).order_by().values("parent")
    files = TaskAttachment.objects.filter(task=OuterRef("pk")).order_by().values("task")
    return (
        tasks.select_related("project", "creator")
        .annotate(
            subtask_count=Coalesce(Subquery(subtasks.annotate(n=Count("pk")).values("n")), 0),
            completed_subtask_count=Coalesce(
                Subquery(subtasks.annotate(n=Count("pk", filter=Q(status=Status.COMPLETED))).values("n")), 0
            ),
            attachment_count=Coalesce(Subquery(files.annotate(n=Count("pk")).values("n")), 0),
            card_summary=F("card__thread_summary"),
        )
        .prefetch_related(
            Prefetch("assignees", TaskAssignee.objects.select_related("user").order_by("pk")),
            Prefetch("task_labels", TaskLabel.objects.select_related("label").order_by("label__folded_name")),
        )
    )


def load_page(tasks: TaskQuerySet, query: TaskQuery) -> TaskPage:
    """Return the page of filtered tasks that a query asks for, with their total. Five queries."""
    total = tasks.count()
    ordered = with_details(tasks).annotate(sort_key=SORTS[query.sort])
    sign, side = ("-", "lt") if query.descending else ("", "gt")
    if (place := query.read_place()) is not None:
        key, last_id = place
        ordered = ordered.filter(Q(**{f"sort_key__{side}": key}) | Q(sort_key=key, **{f"pk__{side}": last_id}))
    rows = list(ordered.order_by(f"{sign}sort_key", f"{sign}pk")[: query.limit + 1])
    items, is_more = rows[: query.limit], len(rows) > query.limit
    return TaskPage.model_construct(
        items=[TaskOut.of(task) for task in items],
        next_cursor=encode_place(items[-1].__dict__["sort_key"], items[-1].pk) if is_more else None,
        total=total,
    )


def load_tasks(task_ids: Collection[UUID]) -> list[Task]:
    """Return tasks that stand, with their details, by number. Three queries, none for no task."""
    if not task_ids:
        return []
    return list(with_details(Task.objects.standing().filter(pk__in=task_ids)).order_by("number"))


def hide_unseen_tasks(changes: Iterable[TaskChange], *, user: User) -> None:
    """Take out of changes of relations which tasks the user can't see: `task_id` and `key` are null. One query."""
    values = [
        value
        for change in changes
        if change.field == "relation"
        for value in (change.before, change.after)
        if value is not None
    ]
    named = {UUID(value["task_id"]) for value in values}
    seen = set(Task.objects.visible_to(user).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    for value in values:
        if UUID(value["task_id"]) not in seen:
            value.update(task_id=None, key=None)


def load_choices(project: Project) -> ProjectChoices:
    """Return columns and labels of a project, and the active users in it by name. Three queries."""
    members = User.objects.filter(room_memberships__room=project.pk, is_active=True)
    return ProjectChoices(
        columns=load_columns(project),
        labels=list(Label.objects.filter(project=project).order_by("folded_name")),
        members=list(members.order_by("folded_name", "pk")),
    )


def load_columns(project: Project) -> list[Column]:
    """Return the columns of a project in their order. One query."""
    return list(Column.objects.filter(project=project).order_by("position", "pk"))
