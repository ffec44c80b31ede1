"""Jobs of projects."""

from __future__ import annotations

from lib.jobs import job, recurring
from lib.stored_pictures import PictureFolder
from tasks.models import Project
from tasks.models.projects import PICTURES
from tasks.projects.purging import has_expired_projects, purge_projects


def _has_orphans() -> bool:
    return bool(PictureFolder(PICTURES).list_orphans(_list_used_paths()))


@recurring("37 * * * *", when=has_expired_projects)
@job()
def purge_deleted_projects() -> None:
    """Delete for good the projects that were deleted a month ago."""
    purge_projects()


@recurring("17 * * * *", when=_has_orphans)
@job()
def delete_orphaned_project_pictures() -> None:
    """Delete the files that are no project's picture."""
    PictureFolder(PICTURES).delete_orphans(_list_used_paths())


def _list_used_paths() -> set[str]:
    return set(Project.objects.exclude(picture="").values_list("picture", flat=True))
