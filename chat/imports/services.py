"""Begin imports, and end them before they are done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assets.models import Asset
from chat.imports.jobs import run_import
from chat.models import Import
from lib.rate_limit import RateLimit
from lib.web.errors import Conflict

# Per user. The file of each is read at once.
IMPORTS = RateLimit("imports", attempts=60, seconds=3600)


def count_import(actor: User) -> None:
    """Count an import before its file is read; raise `TooManyAttempts` above the limit."""
    IMPORTS.consume(str(actor.pk))


def create_import(
    *, actor: User, asset_id: UUID, kind: str, room_id: UUID | None = None, options: Mapping[str, Any]
) -> Import:
    """Keep a file of the actor for an import, which begins with `start_import`. Raise Asset.DoesNotExist."""
    asset = Asset.objects.visible_to(actor).get(pk=asset_id, owner=actor)
    imported: Import = Import.objects.create(
        organisation_id=asset.organisation_id,
        actor=actor,
        room_id=room_id,
        kind=kind,
        options=dict(options),
        asset=asset,
    )
    return imported


@transaction.atomic
def start_import(*, actor: User, import_id: UUID, is_dry_run: bool, options: Mapping[str, Any] | None = None) -> Import:
    """Run an import, or run it dry: again too, while its file is there. Raise Import.DoesNotExist, Conflict."""
    imported: Import = Import.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=import_id)
    if imported.is_under_way:
        raise Conflict(_("This import is under way."))
    if imported.asset_id is None:
        raise Conflict(_("The file is there no longer: upload it again."))
    if options is not None:
        imported.options = dict(options)
    imported.is_dry_run, imported.state, imported.finished_at = is_dry_run, Import.State.PENDING, None
    imported.done, imported.total, imported.report = 0, 0, {}
    imported.save()
    run_import.using(unique_key=f"import {imported.pk}").enqueue(import_id=str(imported.pk))
    return imported


@transaction.atomic
def delete_import(*, actor: User, import_id: UUID) -> None:
    """Forget an import; one that is under way stops, and what it has stored stays. Raise Import.DoesNotExist."""
    Import.objects.visible_to(actor).get(pk=import_id).delete()
