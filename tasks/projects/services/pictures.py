"""Store and serve the pictures of projects."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from accounts.audit.services import HIDDEN, record_updated
from accounts.models import User
from accounts.security.limits import count_picture
from lib.db.transactions import after_commit
from lib.image_limits import MAX_BYTES, TOO_MANY_BYTES
from lib.images import Crop, crop_square
from lib.stored_pictures import PictureFolder, read_owner
from lib.web.errors import TooLarge
from tasks.models import Project
from tasks.models.projects import PICTURES
from tasks.projects import events
from tasks.projects.permissions import lock_administered_project, require_project_admin

folder = PictureFolder(PICTURES)


def set_project_picture(*, actor: User, project_id: UUID, file: File[bytes], crop: Crop | None = None) -> Project:
    """Store a square of a picture, by default its middle, as a project's; delete the earlier one after the commit.

    Admins of the project only. Raises `TooLarge` over `MAX_BYTES`.
    """
    if file.size > MAX_BYTES:
        raise TooLarge("file", TOO_MANY_BYTES)
    require_project_admin(actor, Project.objects.visible_to(actor).get(pk=project_id))
    count_picture(actor)
    # Decoding takes a while: not while holding SQLite's only writer.
    path = folder.save(project_id, crop_square(file, crop))
    try:
        return _replace_picture(actor, project_id, path)
    except BaseException:
        folder.delete(path)
        raise


def remove_project_picture(*, actor: User, project_id: UUID) -> Project:
    """Remove the picture of a project. Admins of the project only."""
    return _replace_picture(actor, project_id, "")


def open_project_picture(*, actor: User, name: str) -> bytes:
    """Return the WebP bytes of a picture by its file name.

    Raises `Project.DoesNotExist` alike for a missing or replaced picture and for that of a project hidden from `actor`.
    """
    project_id = read_owner(name)
    if project_id is None:
        raise Project.DoesNotExist
    project: Project = Project.objects.visible_to(actor).get(pk=project_id, picture=f"{PICTURES}/{name}")
    try:
        return folder.read(project.picture.name)
    except FileNotFoundError as error:
        raise Project.DoesNotExist from error


@transaction.atomic
def _replace_picture(actor: User, project_id: UUID, path: str) -> Project:
    project = lock_administered_project(actor, project_id)
    earlier = project.picture.name
    if earlier == path:
        return project
    project.picture.name = path
    project.save(update_fields=["picture", "updated_at"])
    record_updated(actor, project, organisation=project.organisation, picture=HIDDEN)
    if earlier:
        after_commit(folder.delete, earlier)
    after_commit(events.project_updated, project)
    return project
