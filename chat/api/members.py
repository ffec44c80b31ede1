"""Who is in a room."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.auth import ApiRequest
from accounts.openapi import ALICE, ID, MOMENT, example, list_of, problems
from accounts.pagination import PageQuery, paginate
from accounts.schemas import Page
from accounts.scopes import administers
from chat import schemas as shapes
from chat.models import Room, RoomMember
from chat.services import members

router = Router(tags=["rooms"])

MEMBER = {"user": ALICE, "role": "member", "joined_at": MOMENT}


@router.get("/rooms/{room_id}/members", response=Page[shapes.RoomMemberOut], openapi_extra=example(list_of(MEMBER)))
def list_room_members(request: ApiRequest, room_id: UUID, page: Query[PageQuery]) -> Page[shapes.RoomMemberOut]:
    """Who is in a room, in the order they came."""
    room = Room.objects.visible_to(request.auth).get(pk=room_id)
    return paginate(RoomMember.objects.with_user().filter(room=room), page, shapes.RoomMemberOut.of)


@router.post(
    "/rooms/{room_id}/members",
    response={201: shapes.RoomMemberOut, **problems(403)},
    openapi_extra=example(MEMBER, status=201, body={"user_id": ID, "role": "member"}),
)
def add_room_member(request: ApiRequest, room_id: UUID, body: shapes.RoomMemberIn) -> Status[shapes.RoomMemberOut]:
    """Bring somebody of the organisation in. Only admins appoint admins."""
    member = members.add_member(actor=request.auth, room_id=room_id, **body.model_dump())
    return Status(201, shapes.RoomMemberOut.of(member))


@router.patch(
    "/rooms/{room_id}/members/{user_id}",
    response={200: shapes.RoomMemberOut, **problems(403)},
    openapi_extra=example(MEMBER | {"role": "admin"}, body={"role": "admin"}),
)
@administers
def update_room_member(
    request: ApiRequest, room_id: UUID, user_id: UUID, body: shapes.RoomMemberPatch
) -> shapes.RoomMemberOut:
    """Make somebody an admin of the room, or a plain member again. Admins only, and one always remains."""
    member = members.change_member_role(actor=request.auth, room_id=room_id, user_id=user_id, role=body.role)
    return shapes.RoomMemberOut.of(member)


@router.delete("/rooms/{room_id}/members/{user_id}", response={204: None, **problems(403)})
@administers
def remove_room_member(request: ApiRequest, room_id: UUID, user_id: UUID) -> Status[None]:
    """Show somebody out. Admins only. Their sockets hear nothing more of the room."""
    members.remove_member(actor=request.auth, room_id=room_id, user_id=user_id)
    return Status(204, None)
