"""Run imports."""

from __future__ import annotations

import time
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils import timezone

from assets.access import list_used_conditions
from assets.models import Asset
from assets.storage import local_file
from assets.storing.purging import purge_assets
from chat.imports.notes import BROKEN, FILE_GONE, REFUSED, Notes
from chat.imports.registry import formats
from chat.models import Import
from lib.jobs import job

# Seconds after which the rest is left to another job: others get their turn.
TURN = 60.0


@job(attempts=3)
def run_import(*, import_id: str) -> None:
    """Take over the file of an import; after a kill, from where it was."""
    imported = Import.objects.select_related("actor", "asset__blob").filter(pk=UUID(import_id)).first()
    if imported is None or imported.state in (Import.State.DRAFT, Import.State.COMPLETED):
        return
    try:
        if imported.asset is None:
            raise FileNotFoundError
        with local_file(imported.asset.blob.path) as path:
            is_done = _run_turn(imported, path)
    except FileNotFoundError:
        _mark_failed(imported, FILE_GONE)
    except (ObjectDoesNotExist, PermissionDenied, ValidationError) as error:
        # What it goes into was archived meanwhile, or is seen no longer.
        _mark_failed(imported, REFUSED, str(getattr(error, "messages", [error])[0]))
    except Exception:
        _mark_failed(imported, BROKEN)  # until the next attempt
        raise
    else:
        if is_done:
            _finish_import(imported)
        else:
            run_import.enqueue(import_id=import_id)


def _run_turn(imported: Import, path: Path) -> bool:
    """Store parts for a turn; return whether all are stored."""
    began = time.monotonic()
    if imported.state != Import.State.RUNNING:
        imported.report.get("notes", {}).pop(BROKEN, None)
        _update_import(imported, state=Import.State.RUNNING, finished_at=None, report=imported.report)
    opened = formats[imported.kind].open_import(imported, path)
    if not imported.total:
        opened.prepare()
    while imported.done < imported.total and not imported.is_dry_run:
        opened.store_part()  # one at least, however long it took to open the file
        if time.monotonic() - began > TURN:
            return imported.done >= imported.total
    return True


def _finish_import(imported: Import) -> None:
    """Mark an import as completed, and drop its file unless it was a dry run, or stands elsewhere by now."""
    asset_id = imported.asset_id
    kept = imported.asset if imported.is_dry_run else None
    _update_import(imported, state=Import.State.COMPLETED, finished_at=timezone.now(), asset=kept)
    if asset_id is not None and not imported.is_dry_run:
        purge_assets(Asset.objects.filter(pk=asset_id).exclude(reduce(or_, list_used_conditions())))


def _mark_failed(imported: Import, code: str, example: str = "") -> None:
    notes = Notes(imported.report.get("notes"))
    notes.add(code, example)
    report = {**imported.report, "notes": notes.to_json()}
    _update_import(imported, state=Import.State.FAILED, finished_at=timezone.now(), report=report)


def _update_import(imported: Import, **values: Any) -> None:
    """Store fields of an import, unless it was deleted meanwhile."""
    Import.objects.filter(pk=imported.pk).update(updated_at=timezone.now(), **values)
    for name, value in values.items():
        setattr(imported, name, value)
