"""Delete for good what was deleted a month ago."""

from __future__ import annotations

from django.db import transaction

from accounts.audit.services import record_deleted
from lib.db.transactions import after_commit
from lib.stored_pictures import PictureFolder
from tasks.models import Project, Task
from tasks.models.projects import PICTURES

AT_ONCE = 500


def has_expired_projects() -> bool:
    """Tell whether there is something to delete."""
    return Project.objects.expired().exists()


def purge_projects() -> int:
    """Delete the projects that were deleted a month ago with their tasks and channels; return how many."""
    projects = list(Project.objects.expired().for_reading())
    for project in projects:
        while batch := list(Task.objects.filter(project=project).values_list("pk", flat=True)[:AT_ONCE]):
            Task.objects.filter(pk__in=batch).delete()
        _delete_project(project)
    return len(projects)


@transaction.atomic
def _delete_project(project: Project) -> None:
    record_deleted(None, project, organisation=project.organisation, name=project.name, key=project.key)
    after_commit(PictureFolder(PICTURES).delete, project.picture.name)
    # A project goes with its main channel, and the others go with that too.
    project.channel.delete()
