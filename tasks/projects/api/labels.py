"""REST: labels of a project's tasks."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from lib.web.openapi import ID, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page
from tasks.models import Project
from tasks.projects.schemas import LabelIn, LabelOut, LabelPatch
from tasks.projects.services import labels

router = Router(tags=["projects"])

NAMED = {"name": "Urgent repair", "color": "red"}
LABEL = {"id": ID, "project_id": OTHER_ID, **NAMED}


@router.get("/projects/{project_id}/labels", response=Page[LabelOut], openapi_extra=show_example(wrap_page(LABEL)))
def list_labels(request: ApiRequest, project_id: UUID, page: Query[PageQuery]) -> Page[LabelOut]:
    """List the labels of a project, the oldest first."""
    return paginate(Project.objects.visible_to(request.auth).get(pk=project_id).labels.all(), page, LabelOut.of)


@router.post(
    "/projects/{project_id}/labels",
    response={201: LabelOut, **list_problems(403, 409)},
    openapi_extra=show_example(LABEL, status=201, body=NAMED),
)
def create_label(request: ApiRequest, project_id: UUID, body: LabelIn) -> Status[LabelOut]:
    """Add a label to a project that you are in."""
    label = labels.create_label(actor=request.auth, project_id=project_id, **body.model_dump())
    return Status(201, LabelOut.of(label))


@router.patch(
    "/labels/{label_id}",
    response={200: LabelOut, **list_problems(403, 409)},
    openapi_extra=show_example(LABEL, body=NAMED),
)
def update_label(request: ApiRequest, label_id: UUID, body: LabelPatch) -> LabelOut:
    """Rename a label, or give it another colour."""
    return LabelOut.of(labels.update_label(actor=request.auth, label_id=label_id, **body.changes()))


@router.delete("/labels/{label_id}", response={204: None, **list_problems(403)})
def delete_label(request: ApiRequest, label_id: UUID) -> Status[None]:
    """Delete a label, and take it from the tasks that have it."""
    labels.delete_label(actor=request.auth, label_id=label_id)
    return Status(204, None)
