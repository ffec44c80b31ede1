"""Projects and their tasks, in the stock database."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth.models import AbstractUser

from tests.benchmarks.stock.models import Column, Label, Project, Task
from tests.benchmarks.words import sentence
from tests.benchmarks.world import LABELS, LARGE_PROJECT, MOVED_TASKS, PROJECT_MEMBERS, SMALL_PROJECT, Board

COLUMNS = {"To do": "pending", "Doing": "in_progress", "Done": "completed"}


def make_board(people: Sequence[AbstractUser]) -> Board:
    """Create both projects."""
    members = people[:PROJECT_MEMBERS]
    small, large = (make_project(members, size) for size in (SMALL_PROJECT, LARGE_PROJECT))
    columns = [str(pk) for pk in small.columns.order_by("pk").values_list("pk", flat=True)]
    tasks = [str(pk) for pk in small.tasks.order_by("pk").values_list("pk", flat=True)[:MOVED_TASKS]]
    return Board(str(small.pk), str(large.pk), str(members[2].pk), columns, tasks)


def make_project(members: Sequence[AbstractUser], size: int) -> Project:
    project = Project.objects.create(name=f"{size} tasks")
    project.members.set(members)
    columns = [Column.objects.create(project=project, name=name, status=status) for name, status in COLUMNS.items()]
    labels = [Label.objects.create(project=project, name=f"label {n}", color="teal") for n in range(LABELS)]
    tasks = Task.objects.bulk_create(
        Task(
            project=project,
            column=columns[n % len(columns)],
            order=n,
            title=sentence(n)[:200],
            priority=n % 5,
            due_date=date(2026, 1, 1) + timedelta(days=n % 365) if n % 2 else None,
        )
        for n in range(size)
    )
    assignees, links = Task.assignees.through, Task.labels.through
    assignees.objects.bulk_create(assignees(task=task, user=members[n % len(members)]) for n, task in enumerate(tasks))
    links.objects.bulk_create(
        links(task=task, label=label) for n, task in enumerate(tasks) for label in labels[n % LABELS :][: 1 + n % 2]
    )
    return project
