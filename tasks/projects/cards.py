"""Load projects as the page of all projects shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from chat.excerpts import cut_excerpt
from chat.rooms.queries.directory import find_faces
from lib.text.markdown.document import render
from tasks.models import Project
from tasks.projects.queries import count_tasks
from tasks.projects.schemas import TaskCounts


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project, with the first few of its other members and its tasks counted."""

    project: Project
    excerpt: str
    faces: list[User]
    tasks: TaskCounts


def build_cards(projects: Sequence[Project], user: User) -> list[ProjectCard]:
    """Return the cards of projects. Three queries, however many projects, none for none."""
    if not projects:
        return []
    ids = [project.pk for project in projects]
    counts, faces = count_tasks(ids), find_faces(ids, user)
    return [
        ProjectCard(
            project=project,
            excerpt=cut_excerpt(render(project.description)) if project.description else "",
            faces=faces.get(project.pk, []),
            tasks=counts[project.pk],
        )
        for project in projects
    ]
