"""REST: list, add, change and remove members of a room."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from chat.models import Room, RoomMember
from chat.rooms.schemas import RoomMemberIn, RoomMemberOut, RoomMemberPatch
from chat.rooms.services import members
from lib.web.openapi import ALICE, ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

router = Router(tags=["rooms"])

MEMBER = {"user": ALICE, "role": "member", "joined_at": MOMENT}


@router.get("/rooms/{room_id}/members", response=Page[RoomMemberOut], openapi_extra=show_example(wrap_page(MEMBER)))
def list_room_members(request: ApiRequest, room_id: UUID, page: Query[PageQuery]) -> Page[RoomMemberOut]:
    """List the members of a room in the order in which they joined."""
    room = Room.objects.visible_to(request.auth).get(pk=room_id)
    return paginate(RoomMember.objects.with_user().filter(room=room), page, RoomMemberOut.of)


@router.post(
    "/rooms/{room_id}/members",
    response={201: RoomMemberOut, **list_problems(403)},
    openapi_extra=show_example(MEMBER, status=201, body={"user_id": ID, "role": "member"}),
)
def add_room_member(request: ApiRequest, room_id: UUID, body: RoomMemberIn) -> Status[RoomMemberOut]:
    """Add a member of the organisation to a room. Only admins appoint admins."""
    member = members.add_member(actor=request.auth, room_id=room_id, **body.model_dump())
    return Status(201, RoomMemberOut.of(member))


@router.patch(
    "/rooms/{room_id}/members/{user_id}",
    response={200: RoomMemberOut, **list_problems(403)},
    openapi_extra=show_example(MEMBER | {"role": "admin"}, body={"role": "admin"}),
)
@needs_admin_scope
def update_room_member(request: ApiRequest, room_id: UUID, user_id: UUID, body: RoomMemberPatch) -> RoomMemberOut:
    """Make a member an admin of the room, or a plain member again. Admins only, and one always remains."""
    member = members.change_member_role(actor=request.auth, room_id=room_id, user_id=user_id, role=body.role)
    return RoomMemberOut.of(member)


@router.delete("/rooms/{room_id}/members/{user_id}", response={204: None, **list_problems(403)})
@needs_admin_scope
def remove_room_member(request: ApiRequest, room_id: UUID, user_id: UUID) -> Status[None]:
    """Remove a member from a room. Admins only. Their sockets hear nothing more of the room."""
    members.remove_member(actor=request.auth, room_id=room_id, user_id=user_id)
    return Status(204, None)
