"""REST: find, open, change, join and leave rooms."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.models import Organisation
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from chat.rooms.api.own_settings import OWN_SETTINGS
from chat.rooms.queries.directory import directory_for, directory_page
from chat.rooms.queries.rooms import my_memberships, my_rooms, visible_room
from chat.rooms.schemas import BrowsedRoomOut, DirectIn, MyRoomOut, RoomIn, RoomOut, RoomPatch, RoomsQuery
from chat.rooms.services import membership, rooms
from lib.web.openapi import ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import build_page, select_page_rows
from lib.web.schemas import Page

router = Router(tags=["rooms"])

NAMED = {"name": "design", "topic": "What the harbour should look like"}
ROOM = NAMED | {
    "id": ID,
    "organisation": "halyard",
    "kind": "channel",
    "emoji": "⛵",
    "picture_url": None,
    "is_general": False,
    "project_id": None,
    "project_name": "",
    "system_messages": True,
    "archived_at": None,
    "version": 57,
    "last_seq": 42,
    "last_message_at": MOMENT,
    "created_at": MOMENT,
}
MY_ROOM = ROOM | {"role": "member", "last_read_seq": 41, "unread": 1, "mentions": 1, "members": []} | OWN_SETTINGS
NEW = {"version": 0, "last_seq": 0, "last_message_at": None}
DIRECT = ROOM | NEW | {"kind": "direct", "name": "", "topic": ""}


@router.get(
    "/orgs/{slug}/rooms",
    response=Page[MyRoomOut] | Page[BrowsedRoomOut],
    openapi_extra=show_example(wrap_page(MY_ROOM)),
)
def list_rooms(request: ApiRequest, slug: str, query: Query[RoomsQuery]) -> Page[MyRoomOut] | Page[BrowsedRoomOut]:
    """List your rooms, archived ones too, with what is unread in them; with `browse=true` the channels you may join.

    These may be searched (`q`), narrowed (`show`) and sorted (`sort`): by name, or the one written in last first.
    """
    organisation = Organisation.objects.visible_to(request.auth).get(slug=slug)
    if query.browse:
        asked = {"q": query.q, "show": query.show, "sort": query.sort}
        channels = directory_for(user=request.auth, organisation=organisation, **asked)
        rows = directory_page(channels, query, sort=query.sort)
        return build_page(rows, query, BrowsedRoomOut.of, lambda room: room.pk)
    memberships = list(select_page_rows(my_memberships(user=request.auth, organisation=organisation), query))
    mine = {room.id: room for room in my_rooms(user=request.auth, memberships=memberships)}
    return build_page(memberships, query, lambda member: mine[member.room_id], lambda member: member.pk)


@router.post(
    "/orgs/{slug}/rooms",
    response={201: RoomOut, **list_problems(403)},
    openapi_extra=show_example(ROOM | NEW, status=201, body=NAMED | {"kind": "channel", "member_ids": [OTHER_ID]}),
)
def create_room(request: ApiRequest, slug: str, body: RoomIn) -> Status[RoomOut]:
    """Open a channel (open to the organisation) or a group (invited members only). Guests may open groups only."""
    room = rooms.create_room(actor=request.auth, slug=slug, **body.model_dump())
    return Status(201, RoomOut.of(room))


@router.post(
    "/orgs/{slug}/rooms/direct",
    response={200: RoomOut, 201: RoomOut},
    openapi_extra=show_example(DIRECT, body={"user_ids": [OTHER_ID]}, also={201: DIRECT}),
)
def open_direct_room(request: ApiRequest, slug: str, body: DirectIn) -> Status[RoomOut]:
    """Open the direct room of you and these users: 200 when it was there, 201 when it is new."""
    room, created = rooms.open_direct_room(actor=request.auth, slug=slug, user_ids=body.user_ids)
    return Status(201 if created else 200, RoomOut.of(room))


@router.get("/rooms/{room_id}", response=MyRoomOut | RoomOut, openapi_extra=show_example(MY_ROOM))
def get_room(request: ApiRequest, room_id: UUID) -> RoomOut:
    """Return a room that you can see; one that you are in with your read mark."""
    return visible_room(user=request.auth, room_id=room_id)


@router.patch(
    "/rooms/{room_id}",
    response={200: RoomOut, **list_problems(403, 409)},
    openapi_extra=show_example(ROOM, body=NAMED | {"emoji": "⛵", "system_messages": True}),
)
def update_room(request: ApiRequest, room_id: UUID, body: RoomPatch) -> RoomOut:
    """Rename a room, change its topic or emoji, or choose whether what happens in it is told there. Admins only."""
    return RoomOut.of(rooms.update_room(actor=request.auth, room_id=room_id, **body.changes()))


@router.delete("/rooms/{room_id}", response={204: None, **list_problems(403)})
@needs_admin_scope
def delete_room(request: ApiRequest, room_id: UUID) -> Status[None]:
    """Delete a room with everything said in it. Admins only; there is no way back."""
    rooms.delete_room(actor=request.auth, room_id=room_id)
    return Status(204, None)


@router.post(
    "/rooms/{room_id}/archive",
    response={200: RoomOut, **list_problems(403)},
    openapi_extra=show_example(ROOM | {"archived_at": MOMENT}),
)
@needs_admin_scope
def archive_room(request: ApiRequest, room_id: UUID) -> RoomOut:
    """Close a room for writing; it stays readable. Admins only."""
    return RoomOut.of(rooms.archive_room(actor=request.auth, room_id=room_id))


@router.post(
    "/rooms/{room_id}/unarchive", response={200: RoomOut, **list_problems(403)}, openapi_extra=show_example(ROOM)
)
@needs_admin_scope
def unarchive_room(request: ApiRequest, room_id: UUID) -> RoomOut:
    """Open an archived room again. Admins only."""
    return RoomOut.of(rooms.unarchive_room(actor=request.auth, room_id=room_id))


@router.post("/rooms/{room_id}/join", response={200: RoomOut, **list_problems(403)}, openapi_extra=show_example(ROOM))
def join_room(request: ApiRequest, room_id: UUID) -> RoomOut:
    """Join a channel that is not archived. Joining a room that you are in changes nothing."""
    return RoomOut.of(membership.join_room(actor=request.auth, room_id=room_id))


@router.post("/rooms/{room_id}/leave", response={204: None, **list_problems(403)})
def leave_room(request: ApiRequest, room_id: UUID) -> Status[None]:
    """Leave a channel or a group. The general channel and direct rooms can't be left."""
    membership.leave_room(actor=request.auth, room_id=room_id)
    return Status(204, None)
