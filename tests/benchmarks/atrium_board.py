"""Projects and their tasks, in Atrium's database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from tasks.models import Column, Project, Status, Task, TaskAssignee, TaskLabel
from tasks.positions import spread_positions
from tasks.projects.services.labels import create_label
from tasks.projects.services.projects import create_project
from tests.benchmarks.words import sentence
from tests.benchmarks.world import LABELS, LARGE_PROJECT, MOVED_TASKS, PROJECT_MEMBERS, SMALL_PROJECT, Board

BATCH = 2000


def make_board(organisation: Organisation, people: Sequence[User]) -> Board:
    """Create both projects."""
    members = people[:PROJECT_MEMBERS]
    small, large = (make_project(organisation, members, size) for size in (SMALL_PROJECT, LARGE_PROJECT))
    columns = Column.objects.filter(project=small).order_by("position").values_list("pk", flat=True)
    tasks = Task.objects.filter(project=small).order_by("number").values_list("pk", flat=True)[:MOVED_TASKS]
    moved = [str(pk) for pk in tasks]
    return Board(str(small.pk), str(large.pk), str(members[2].pk), [str(pk) for pk in columns], moved)


def make_project(organisation: Organisation, members: Sequence[User], size: int) -> Project:
    """Create a project with tasks in its three columns by turns.

    The rows are what `create_task` would leave, without the history and the announcements that nobody hears yet.
    """
    owner, others = members[0], [member.pk for member in members[1:]]
    project = create_project(actor=owner, slug=organisation.slug, name=f"{size} tasks", member_ids=others)
    columns = list(Column.objects.filter(project=project).order_by("position"))
    now = timezone.now()
    labels = [create_label(actor=owner, project_id=project.pk, name=f"label {n}") for n in range(LABELS)]
    tasks = Task.objects.bulk_create(
        [
            Task(
                project=project,
                number=n + 1,
                version=n + 1,
                creator=owner,
                title=sentence(n)[:200],
                column=columns[n % len(columns)],
                status=columns[n % len(columns)].status,
                position=position,
                priority=n % 5,
                completed_at=now if columns[n % len(columns)].status == Status.COMPLETED else None,
                due_date=date(2026, 1, 1) + timedelta(days=n % 365) if n % 2 else None,
            )
            for n, position in enumerate(spread_positions(size))
        ],
        BATCH,
    )
    assigned = [TaskAssignee(task=task, user=members[n % len(members)]) for n, task in enumerate(tasks)]
    labelled = [
        TaskLabel(task=task, label=label) for n, task in enumerate(tasks) for label in labels[n % LABELS :][: 1 + n % 2]
    ]
    TaskAssignee.objects.bulk_create(assigned, BATCH)
    TaskLabel.objects.bulk_create(labelled, BATCH)
    Project.objects.filter(pk=project.pk).update(last_number=size, version=size)
    return project
