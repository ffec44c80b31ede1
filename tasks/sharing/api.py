"""REST: the link by which anyone can read the board of a project."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from accounts.requests import ApiRequest, forbid_storing
from accounts.scopes import needs_admin_scope
from lib.web.openapi import MOMENT, list_problems, show_example
from tasks.sharing import services
from tasks.sharing.schemas import ShareLinkIn, ShareLinkOut

router = Router(tags=["projects"])

GIVEN = {"expires_at": None, "assignees": "initials", "shows_descriptions": False}
LINK = GIVEN | {
    "url": "https://atrium.example/share/0192d3c4b5a67788990011223344556677Vb3k2mC0Zq8uH1yTz5RrWw9sX4nLdJpE7gFaQoKiMhU/",
    "created_at": MOMENT,
    "updated_at": MOMENT,
}


@router.get(
    "/projects/{project_id}/share-link",
    response={200: ShareLinkOut, **list_problems(403)},
    openapi_extra=show_example(LINK),
)
@needs_admin_scope
def get_share_link(request: ApiRequest, response: HttpResponse, project_id: UUID) -> ShareLinkOut:
    """Return the link by which anyone can read the board of a project; 404 where there is none. Admins only."""
    forbid_storing(response)
    return ShareLinkOut.of(services.find_share_link(actor=request.auth, project_id=project_id))


@router.put(
    "/projects/{project_id}/share-link",
    response={200: ShareLinkOut, **list_problems(403)},
    openapi_extra=show_example(LINK, body=GIVEN),
)
@needs_admin_scope
def save_share_link(request: ApiRequest, response: HttpResponse, project_id: UUID, body: ShareLinkIn) -> ShareLinkOut:
    """Make the link to the board of a project, or change what it shows and until when it works. Admins only.

    Whoever has it reads the board without signing in: columns, and of tasks number, title, labels, priority and due
    date. The address stays as it is; 403 where the organisation forbids share links.
    """
    forbid_storing(response)
    return ShareLinkOut.of(services.save_share_link(actor=request.auth, project_id=project_id, **body.model_dump()))


@router.post(
    "/projects/{project_id}/share-link/renew",
    response={200: ShareLinkOut, **list_problems(403)},
    openapi_extra=show_example(LINK),
)
@needs_admin_scope
def renew_share_link(request: ApiRequest, response: HttpResponse, project_id: UUID) -> ShareLinkOut:
    """Give the link to the board of a project another address. The one before stops working. Admins only."""
    forbid_storing(response)
    return ShareLinkOut.of(services.renew_share_link(actor=request.auth, project_id=project_id))


@router.delete("/projects/{project_id}/share-link", response={204: None, **list_problems(403)})
@needs_admin_scope
def revoke_share_link(request: ApiRequest, project_id: UUID) -> Status[None]:
    """Revoke the link to the board of a project. Admins only."""
    services.revoke_share_link(actor=request.auth, project_id=project_id)
    return Status(204, None)
