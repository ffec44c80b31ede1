"""REST: list, add, change and remove members of a project."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from chat.models import RoomMember
from chat.rooms.schemas import RoomMemberIn, RoomMemberOut, RoomMemberPatch
from lib.web.openapi import ALICE, ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page
from tasks.models import Project
from tasks.projects.services import members

router = Router(tags=["projects"])

MEMBER = {"user": ALICE, "role": "member", "joined_at": MOMENT}


@router.get(
    "/projects/{project_id}/members", response=Page[RoomMemberOut], openapi_extra=show_example(wrap_page(MEMBER))
)
def list_project_members(request: ApiRequest, project_id: UUID, page: Query[PageQuery]) -> Page[RoomMemberOut]:
    """List the members of a project in the order in which they joined."""
    project = Project.objects.visible_to(request.auth).get(pk=project_id)
    return paginate(RoomMember.objects.with_user().filter(room=project.channel_id), page, RoomMemberOut.of)


@router.post(
    "/projects/{project_id}/members",
    response={201: RoomMemberOut, **list_problems(403)},
    openapi_extra=show_example(MEMBER, status=201, body={"user_id": ID, "role": "member"}),
)
def add_project_member(request: ApiRequest, project_id: UUID, body: RoomMemberIn) -> Status[RoomMemberOut]:
    """Add a member of the organisation to a project that you are in. Only admins appoint admins."""
    member = members.add_project_member(actor=request.auth, project_id=project_id, **body.model_dump())
    return Status(201, RoomMemberOut.of(member))


@router.patch(
    "/projects/{project_id}/members/{user_id}",
    response={200: RoomMemberOut, **list_problems(403)},
    openapi_extra=show_example(MEMBER | {"role": "admin"}, body={"role": "admin"}),
)
@needs_admin_scope
def update_project_member(request: ApiRequest, project_id: UUID, user_id: UUID, body: RoomMemberPatch) -> RoomMemberOut:
    """Make a member an admin of the project, or a plain member again. Admins only, and one always remains."""
    member = members.change_project_role(actor=request.auth, project_id=project_id, user_id=user_id, role=body.role)
    return RoomMemberOut.of(member)


@router.delete("/projects/{project_id}/members/{user_id}", response={204: None, **list_problems(403)})
@needs_admin_scope
def remove_project_member(request: ApiRequest, project_id: UUID, user_id: UUID) -> Status[None]:
    """Remove a member from a project and all its channels. Admins only."""
    members.remove_project_member(actor=request.auth, project_id=project_id, user_id=user_id)
    return Status(204, None)
