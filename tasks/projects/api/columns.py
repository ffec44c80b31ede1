"""REST: columns of a project's board."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from lib.web.openapi import ID, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, slice_rows
from lib.web.schemas import Page
from tasks.models import Project
from tasks.projects.schemas import ColumnIn, ColumnOut, ColumnPatch
from tasks.projects.services import columns

router = Router(tags=["projects"])

NAMED = {"name": "In progress", "status": "in_progress"}
COLUMN = {"id": ID, "project_id": OTHER_ID, **NAMED, "position": "i"}


@router.get("/projects/{project_id}/columns", response=Page[ColumnOut], openapi_extra=show_example(wrap_page(COLUMN)))
def list_columns(request: ApiRequest, project_id: UUID, page: Query[PageQuery]) -> Page[ColumnOut]:
    """List the columns of a project in their order."""
    project = Project.objects.visible_to(request.auth).get(pk=project_id)
    return slice_rows(list(project.columns.order_by("position", "pk")), page, ColumnOut.of)


@router.post(
    "/projects/{project_id}/columns",
    response={201: ColumnOut, **list_problems(403)},
    openapi_extra=show_example(COLUMN, status=201, body=NAMED),
)
def create_column(request: ApiRequest, project_id: UUID, body: ColumnIn) -> Status[ColumnOut]:
    """Add a column to a project that you are in, before or behind another one, by default at the end."""
    column = columns.create_column(actor=request.auth, project_id=project_id, **body.model_dump())
    return Status(201, ColumnOut.of(column))


@router.patch(
    "/columns/{column_id}",
    response={200: ColumnOut, **list_problems(403, 409)},
    openapi_extra=show_example(COLUMN, body=NAMED),
)
def update_column(request: ApiRequest, column_id: UUID, body: ColumnPatch) -> ColumnOut:
    """Rename a column, move it before or behind another one, or give it and its tasks another status.

    One column of `pending` and one of `completed` stay as they are (409).
    """
    return ColumnOut.of(columns.update_column(actor=request.auth, column_id=column_id, **body.changes()))


@router.delete("/columns/{column_id}", response={204: None, **list_problems(403, 409)})
def delete_column(request: ApiRequest, column_id: UUID, move_to: UUID | None = None) -> Status[None]:
    """Delete a column. Its tasks go to the end of the column `move_to` and get its status; without one it is refused.

    One column of `pending` and one of `completed` stay (409).
    """
    columns.delete_column(actor=request.auth, column_id=column_id, move_to=move_to)
    return Status(204, None)
