"""Begin imports of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from assets.storage import local_file
from assets.storing.services import store_file
from chat.imports.services import count_import, create_import, start_import
from chat.models import Import
from tasks.imports.errors import FileTooLong
from tasks.imports.reading import check_file, check_options
from tasks.imports.source import MAX_PACKED
from tasks.permissions import lock_project


def upload_import(
    *, actor: User, project_id: UUID, kind: str, path: Path, name: str, options: Mapping[str, Any] | None = None
) -> Import:
    """Keep a file of this machine, which is gone then, for an import into a project, once it can be read.

    Of a table without `options` nothing but that it is one is looked at: what its columns mean is said later. Raise
    Project.DoesNotExist for a hidden project, PermissionDenied for one that the actor may not write in, WrongFile and
    FileTooLong, ValidationError for options that don't fit the file, TooManyAttempts, and what `store_file` does.
    """
    try:
        with transaction.atomic():
            organisation_id = lock_project(actor, project_id).organisation_id
        count_import(actor)
        if path.stat().st_size > MAX_PACKED:
            raise FileTooLong(of_bytes=True)
        check_file(path, kind=kind, options=options, actor=actor)
        asset = store_file(actor=actor, organisation_id=organisation_id, path=path, name=name)
    finally:
        path.unlink(missing_ok=True)
    return create_import(actor=actor, asset_id=asset.pk, kind=kind, room_id=project_id, options=options or {})


def import_tasks(
    *,
    actor: User,
    project_id: UUID,
    kind: str,
    path: Path,
    name: str,
    options: Mapping[str, Any],
    is_dry_run: bool,
) -> Import:
    """Import the tasks of a file into a project, or say what would be: a job does. Raise what `upload_import` does."""
    imported = upload_import(actor=actor, project_id=project_id, kind=kind, path=path, name=name, options=options)
    return start_import(actor=actor, import_id=imported.pk, is_dry_run=is_dry_run)


def run_import(*, actor: User, import_id: UUID, options: Mapping[str, Any], is_dry_run: bool) -> Import:
    """Run an import whose file was uploaded before, or run it dry, with other options.

    Raise Import.DoesNotExist, Conflict for one that is under way or whose file is gone, ValidationError for options
    that don't fit the file.
    """
    imported = Import.objects.visible_to(actor).select_related("asset__blob").get(pk=import_id)
    if imported.asset is not None:
        with local_file(imported.asset.blob.path) as path:
            check_options(path, kind=imported.kind, options=options)
    return start_import(actor=actor, import_id=import_id, is_dry_run=is_dry_run, options=options)
