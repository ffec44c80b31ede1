"""Load projects, with what a user has to do with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import Organisation, User
from chat.models import RoomMember
from lib.text.folding import fold_text
from tasks.models import Project, Task
from tasks.models.projects import ProjectQuerySet
from tasks.projects.schemas import ProjectOut, TaskCounts


def projects_in(*, user: User, organisation: Organisation, state: str = "active", q: str = "") -> ProjectQuerySet:
    """Return the projects of an organisation that a user can see, or with `deleted` those that they can restore.

    `q` is a piece of their name, or the beginning of their key.
    """
    projects: ProjectQuerySet = Project.objects.all()
    projects = projects.restorable_by(user) if state == "deleted" else projects.visible_to(user)
    projects = projects.filter(organisation=organisation)
    if state in ("active", "archived"):
        projects = projects.filter(archived_at__isnull=state == "active")
    if q:
        projects = projects.filter(Q(folded_name__contains_folded=q) | Q(key__startswith=fold_text(q).upper()))
    return projects.for_reading()


def describe_projects(*, user: User, projects: Sequence[Project]) -> list[ProjectOut]:
    """Return projects with a user's role in them and their tasks counted. Two queries, however many projects."""
    ids = [project.pk for project in projects]
    roles = dict(RoomMember.objects.filter(user=user, room__in=ids).values_list("room", "role"))
    counts = count_tasks(ids)
    return [ProjectOut.of_reader(project, role=roles.get(project.pk), tasks=counts[project.pk]) for project in projects]


def visible_project(*, user: User, project_id: UUID) -> ProjectOut:
    """Return a project that a user can see. Three queries."""
    project = Project.objects.visible_to(user).for_reading().get(pk=project_id)
    return describe_projects(user=user, projects=[project])[0]


def count_tasks(project_ids: Collection[UUID]) -> defaultdict[UUID, TaskCounts]:
    """Count the tasks of projects by their status, in one query."""
    counts: defaultdict[UUID, TaskCounts] = defaultdict(TaskCounts)
    rows = Task.objects.standing().filter(project__in=project_ids).order_by().values("project", "status")
    for project_id, status, number in rows.annotate(number=Count("pk")).values_list("project", "status", "number"):
        setattr(counts[project_id], status, number)
    return counts
