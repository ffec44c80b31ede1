"""REST: files of tasks."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from assets.storing.api import ASSET
from lib.web.openapi import ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page
from tasks.attachments import services
from tasks.attachments.queries import list_attachments as find_attachments
from tasks.attachments.schemas import AttachmentOut, AttachmentsIn

router = Router(tags=["tasks"])

ATTACHMENT = {"asset": ASSET, "attached_at": MOMENT}


@router.get(
    "/tasks/{task_id}/attachments", response=Page[AttachmentOut], openapi_extra=show_example(wrap_page(ATTACHMENT))
)
def list_attachments(request: ApiRequest, task_id: UUID, page: Query[PageQuery]) -> Page[AttachmentOut]:
    """List the files of a task, the first attached first."""
    return paginate(find_attachments(user=request.auth, task_id=task_id), page, AttachmentOut.of)


@router.post(
    "/tasks/{task_id}/attachments",
    response={201: Page[AttachmentOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(ATTACHMENT), status=201, body={"asset_ids": [ID]}),
)
def attach_files(request: ApiRequest, task_id: UUID, body: AttachmentsIn) -> Status[Page[AttachmentOut]]:
    """Attach files that you have uploaded, or can see, to a task; the answer holds all that it has.

    Whoever sees the task sees them from now on.
    """
    services.attach_files(actor=request.auth, task_id=task_id, asset_ids=body.asset_ids)
    shown = find_attachments(user=request.auth, task_id=task_id)
    return Status(201, paginate(shown, PageQuery(limit=100), AttachmentOut.of))


@router.delete("/tasks/{task_id}/attachments/{asset_id}", response={204: None, **list_problems(403)})
def detach_file(request: ApiRequest, task_id: UUID, asset_id: UUID) -> Status[None]:
    """Take a file off a task. The file itself stays where else it stands."""
    services.detach_file(actor=request.auth, task_id=task_id, asset_id=asset_id)
    return Status(204, None)
