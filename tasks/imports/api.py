"""REST: import tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status
from ninja.errors import ValidationError as InvalidRequest
from pydantic import ValidationError as InvalidFields

from accounts.requests import ApiRequest
from assets.storing.incoming import take_file
from chat.imports.api import IMPORT
from chat.imports.schemas import ImportOut
from lib.web.openapi import list_problems, show_example
from lib.web.uploads import MULTIPART, parse_upload
from tasks.imports import services
from tasks.imports.readers.csv_headers import FIELDS
from tasks.imports.reading import KINDS
from tasks.imports.schemas import ImportIn

router = Router(tags=["tasks"])

MAPPING = (
    'Of a table: a JSON object of the names of its columns and what they mean, as `{"Summary": "title"}`. Columns '
    f"that it does not name are left out; without it all are guessed. A column can mean {', '.join(FIELDS)}."
)
YES_OR_NO = {"type": "string", "enum": ["true", "false"], "default": "false"}
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        MULTIPART: {
            "schema": {
                "type": "object",
                "required": ["kind", "file"],
                "properties": {
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "file": {"type": "string", "format": "binary"},
                    "dry_run": YES_OR_NO | {"description": "Write nothing, but say what would be."},
                    "update_existing": YES_OR_NO | {"description": "Change tasks that are here already, too."},
                    "mapping": {"type": "string", "description": MAPPING},
                    "date_order": {
                        "type": "string",
                        "enum": ["day", "month"],
                        "description": "What stands first in dates as 3/4/2026, where the table does not tell.",
                    },
                },
            },
            "example": {"kind": "csv", "file": "tasks.csv", "dry_run": "true"},
        }
    },
}


@router.post(
    "/projects/{project_id}/imports",
    response={202: ImportOut, **list_problems(403, 413, 415, 429, 507)},
    openapi_extra=show_example(IMPORT | {"state": "pending"}, status=202) | {"requestBody": BODY},
)
def import_tasks(request: ApiRequest, project_id: UUID) -> Status[ImportOut]:
    """Import tasks from a file of another system: at most 20 MB and 10,000 tasks. The answer comes before it is done:
    ask for the import until its state is `completed` or `failed`. A task is known by its id in the file: what was
    imported before is not created again.
    """
    fields, files = parse_upload(request)
    try:
        given = ImportIn(**fields.dict())
    except InvalidFields as error:
        raise InvalidRequest([{**fault, "loc": ("form", *fault["loc"])} for fault in error.errors()]) from error
    file = files.get("file")
    if file is None:
        raise ValidationError({"file": _("Choose a file.")})
    options = {"updates": given.update_existing == "true", "date_order": given.date_order, "mapping": given.mapping}
    imported = services.import_tasks(
        actor=request.auth,
        project_id=project_id,
        kind=given.kind,
        path=take_file(file),
        name=file.name or "",
        options=options,
        is_dry_run=given.dry_run == "true",
    )
    return Status(202, ImportOut.of(imported))
