"""REST for rooms and messages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from accounts.auth import ApiRequest
from accounts.models import Organisation
from accounts.pagination import PageQuery, page_of, paginate, rows_after
from accounts.schemas import Page
from chat import schemas as shapes
from chat.models import Message, Room, RoomMember
from chat.selectors import (
    Stretch,
    browsable_rooms,
    browsed,
    changes_json,
    history_json,
    my_memberships,
    my_rooms,
    visible_room,
)
from chat.services import members, messages, reads, rooms

router = Router(tags=["rooms"])
message_router = Router(tags=["messages"])

Seq = Annotated[int | None, Field(ge=0, le=2**63 - 1)]


@router.get(
    "/orgs/{slug}/rooms", response=Page[shapes.MyRoomOut] | Page[shapes.BrowsedRoomOut], operation_id="list_rooms"
)
def list_rooms(
    request: ApiRequest, slug: str, page: Query[PageQuery], browse: bool = False
) -> Page[shapes.MyRoomOut] | Page[shapes.BrowsedRoomOut]:
    """One's own rooms with what is unread in them; with `browse=true` the channels one may join."""
    organisation = Organisation.objects.visible_to(request.auth).get(slug=slug)
    if browse:
        found = browsable_rooms(user=request.auth, organisation=organisation).select_related("organisation")
        return paginate(found, page, browsed)
    memberships = list(rows_after(my_memberships(user=request.auth, organisation=organisation), page))
    mine = {room.id: room for room in my_rooms(user=request.auth, memberships=memberships)}
    return page_of(memberships, page, lambda member: mine[member.room_id], lambda member: member.pk)


@router.post("/orgs/{slug}/rooms", response={201: shapes.RoomOut}, operation_id="create_room")
def create_room(request: ApiRequest, slug: str, body: shapes.RoomIn) -> Status:
    """Open a channel (open to the organisation) or a group (invited people only)."""
    room = rooms.create_room(actor=request.auth, organisation_slug=slug, **body.model_dump())
    return Status(201, shapes.RoomOut.of(room))


@router.post(
    "/orgs/{slug}/rooms/direct", response={200: shapes.RoomOut, 201: shapes.RoomOut}, operation_id="open_direct_room"
)
def open_direct_room(request: ApiRequest, slug: str, body: shapes.DirectIn) -> Status:
    """The one direct room of these people and oneself: 200 when it was there, 201 when it is new."""
    room, created = rooms.open_direct_room(actor=request.auth, organisation_slug=slug, user_ids=body.user_ids)
    return Status(201 if created else 200, shapes.RoomOut.of(room))


@router.get("/rooms/{room_id}", response=shapes.MyRoomOut | shapes.RoomOut, operation_id="get_room")
def get_room(request: ApiRequest, room_id: UUID) -> shapes.RoomOut:
    """A room one can see. Members also get their own marks."""
    return visible_room(user=request.auth, room_id=room_id)


@router.patch("/rooms/{room_id}", response=shapes.RoomOut, operation_id="update_room")
def update_room(request: ApiRequest, room_id: UUID, body: shapes.RoomPatch) -> shapes.RoomOut:
    """Rename a room or change its topic. Admins only."""
    return shapes.RoomOut.of(rooms.update_room(actor=request.auth, room_id=room_id, **body.model_dump()))


@router.delete("/rooms/{room_id}", response={204: None}, operation_id="delete_room")
def delete_room(request: ApiRequest, room_id: UUID) -> Status:
    """Delete a room with everything said in it. Admins only; there is no way back."""
    rooms.delete_room(actor=request.auth, room_id=room_id)
    return Status(204, None)


@router.post("/rooms/{room_id}/archive", response=shapes.RoomOut, operation_id="archive_room")
def archive_room(request: ApiRequest, room_id: UUID) -> shapes.RoomOut:
    """Close a room for writing; it stays readable. Admins only."""
    return shapes.RoomOut.of(rooms.archive_room(actor=request.auth, room_id=room_id))


@router.post("/rooms/{room_id}/unarchive", response=shapes.RoomOut, operation_id="unarchive_room")
def unarchive_room(request: ApiRequest, room_id: UUID) -> shapes.RoomOut:
    """Open an archived room again. Admins only."""
    return shapes.RoomOut.of(rooms.unarchive_room(actor=request.auth, room_id=room_id))


@router.post("/rooms/{room_id}/join", response=shapes.RoomOut, operation_id="join_room")
def join_room(request: ApiRequest, room_id: UUID) -> shapes.RoomOut:
    """Enter an open channel. Being in it already changes nothing."""
    return shapes.RoomOut.of(rooms.join_room(actor=request.auth, room_id=room_id))


@router.post("/rooms/{room_id}/leave", response={204: None}, operation_id="leave_room")
def leave_room(request: ApiRequest, room_id: UUID) -> Status:
    """Leave a channel or a group."""
    rooms.leave_room(actor=request.auth, room_id=room_id)
    return Status(204, None)


@router.get("/rooms/{room_id}/members", response=Page[shapes.RoomMemberOut], operation_id="list_room_members")
def list_members(request: ApiRequest, room_id: UUID, page: Query[PageQuery]) -> Page[shapes.RoomMemberOut]:
    """Who is in a room, in the order they came."""
    room = Room.objects.visible_to(request.auth).get(pk=room_id)
    return paginate(RoomMember.objects.with_user().filter(room=room), page, shapes.RoomMemberOut.of)


@router.post(
    "/rooms/{room_id}/members",
    response={201: shapes.RoomMemberOut},
    operation_id="add_room_member",
)
def add_member(request: ApiRequest, room_id: UUID, body: shapes.RoomMemberIn) -> Status:
    """Bring somebody of the organisation in. Only admins appoint admins."""
    member = members.add_member(actor=request.auth, room_id=room_id, **body.model_dump())
    return Status(201, shapes.RoomMemberOut.of(member))


@router.patch("/rooms/{room_id}/members/{user_id}", response=shapes.RoomMemberOut, operation_id="update_room_member")
def update_member(
    request: ApiRequest, room_id: UUID, user_id: UUID, body: shapes.RoomMemberPatch
) -> shapes.RoomMemberOut:
    """Make somebody an admin of the room, or a plain member again."""
    member = members.change_member_role(actor=request.auth, room_id=room_id, user_id=user_id, role=body.role)
    return shapes.RoomMemberOut.of(member)


@router.delete("/rooms/{room_id}/members/{user_id}", response={204: None}, operation_id="remove_room_member")
def remove_member(request: ApiRequest, room_id: UUID, user_id: UUID) -> Status:
    """Show somebody out. Their sockets hear nothing more of the room."""
    members.remove_member(actor=request.auth, room_id=room_id, user_id=user_id)
    return Status(204, None)


@message_router.get("/rooms/{room_id}/messages", response=shapes.MessageList, operation_id="list_messages")
def list_messages(
    request: ApiRequest,
    room_id: UUID,
    before: Seq = None,
    after: Seq = None,
    around: Seq = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> HttpResponse:
    """History in ascending `seq`: the newest page, or the one `before`, `after` or `around` a `seq`.

    `next_cursor` is the next `before` (with `after`, the next `after`), null at the end.
    """
    body = history_json(user=request.auth, room_id=room_id, stretch=Stretch(before, after, around, limit))
    return HttpResponse(body, content_type="application/json")


@message_router.post(
    "/rooms/{room_id}/messages", response={200: shapes.MessageOut, 201: shapes.MessageOut}, operation_id="post_message"
)
def post_message(request: ApiRequest, room_id: UUID, body: shapes.MessageIn) -> Status:
    """Say something. Repeating a `client_id` answers 200 with the first message; with another text it is a conflict."""
    posted = messages.post_message(actor=request.auth, room_id=room_id, **body.model_dump())
    return Status(201 if posted.created else 200, shapes.MessageOut.of(posted.message))


@message_router.get("/rooms/{room_id}/changes", response=shapes.ChangesOut, operation_id="list_changes")
def list_changes(
    request: ApiRequest,
    room_id: UUID,
    since: Annotated[int, Field(ge=0, le=2**63 - 1)],
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
) -> HttpResponse:
    """Every message created, edited or deleted (a tombstone) after a version, in the order of the changes.

    Ask again with the answered `version` while `has_more`. `reset`: the client is ahead of the room and starts over.
    """
    body = changes_json(user=request.auth, room_id=room_id, since=since, limit=limit)
    return HttpResponse(body, content_type="application/json")


@message_router.put("/rooms/{room_id}/read", response=shapes.ReadOut, operation_id="mark_read")
def mark_read(request: ApiRequest, room_id: UUID, body: shapes.ReadIn) -> shapes.ReadOut:
    """Move one's read mark to a `seq`. It may go back: that marks what follows as unread."""
    state = reads.mark_read(actor=request.auth, room_id=room_id, seq=body.seq)
    return shapes.ReadOut(unread=state.unread, mentions=state.mentions)


@message_router.get("/messages/{message_id}", response=shapes.MessageOut, operation_id="get_message")
def get_message(request: ApiRequest, message_id: UUID) -> shapes.MessageOut:
    """One message; a deleted one as a tombstone."""
    return shapes.MessageOut.of(Message.objects.visible_to(request.auth).for_rendering().get(pk=message_id))


@message_router.patch("/messages/{message_id}", response=shapes.MessageOut, operation_id="edit_message")
def edit_message(request: ApiRequest, message_id: UUID, body: shapes.MessagePatch) -> shapes.MessageOut:
    """Change one's own words. The earlier wording stays readable as a revision."""
    return shapes.MessageOut.of(messages.edit_message(actor=request.auth, message_id=message_id, content=body.content))


@message_router.delete("/messages/{message_id}", response={204: None}, operation_id="delete_message")
def delete_message(request: ApiRequest, message_id: UUID) -> Status:
    """Leave a tombstone. Authors may delete their own, admins of the room any."""
    messages.delete_message(actor=request.auth, message_id=message_id)
    return Status(204, None)


@message_router.get(
    "/messages/{message_id}/revisions", response=Page[shapes.RevisionOut], operation_id="list_revisions"
)
def list_revisions(request: ApiRequest, message_id: UUID, page: Query[PageQuery]) -> Page[shapes.RevisionOut]:
    """What a message said before its edits, oldest first. Of a deleted one nothing is shown."""
    message = Message.objects.visible_to(request.auth).filter(deleted_at=None).get(pk=message_id)
    return paginate(message.revisions.all(), page, shapes.RevisionOut.of)


router.add_router("", message_router)
