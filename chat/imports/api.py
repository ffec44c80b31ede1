"""REST: imports, whatever they take over."""

from __future__ import annotations

from uuid import UUID

from ninja import Router, Status

from accounts.requests import ApiRequest
from chat.imports import services
from chat.imports.schemas import ImportOut
from chat.models import Import
from lib.web.openapi import ID, MOMENT, show_example

router = Router(tags=["imports"])

IMPORT = {
    "id": ID,
    "kind": "trello",
    "dry_run": False,
    "state": "running",
    "progress": {"done": 50, "total": 212, "percent": 23},
    "report": {
        "counts": {"created": 200, "existing": 12, "columns": 2, "labels": 3},
        "notes": [
            {"code": "unknown_person", "text": "Nobody in the project has this name.", "count": 4, "examples": ["mia"]}
        ],
    },
    "created_at": MOMENT,
    "finished_at": None,
}


@router.get("/imports/{import_id}", response=ImportOut, openapi_extra=show_example(IMPORT))
def get_import(request: ApiRequest, import_id: UUID) -> ImportOut:
    """Show how far an import of yours is, and its report. What is taken over is decided when it begins."""
    return ImportOut.of(Import.objects.visible_to(request.auth).get(pk=import_id))


@router.delete("/imports/{import_id}", response={204: None})
def delete_import(request: ApiRequest, import_id: UUID) -> Status[None]:
    """Forget an import of yours with its file. One that is under way stops; what it has stored already stays."""
    services.delete_import(actor=request.auth, import_id=import_id)
    return Status(204, None)
