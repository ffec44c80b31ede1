"""REST: pictures of rooms."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from ninja import Router

from accounts.profiles.forms import AvatarForm
from accounts.requests import ApiRequest
from chat.rooms.api.rooms import ROOM
from chat.rooms.schemas import RoomOut
from chat.rooms.services import pictures
from lib.web.openapi import list_problems, show_example
from lib.web.uploads import PICTURE_CACHE_CONTROL, PICTURE_RESPONSE, UPLOAD, parse_upload

router = Router(tags=["rooms"])


@router.put(
    "/rooms/{room_id}/picture",
    response={200: RoomOut, **list_problems(403, 413, 415, 429)},
    openapi_extra=show_example(ROOM) | {"requestBody": UPLOAD},
)
def set_room_picture(request: ApiRequest, room_id: UUID) -> RoomOut:
    """Upload a picture that stands before the name of a room. Admins only, formats as for `PUT /me/avatar`."""
    form = AvatarForm(*parse_upload(request))
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return RoomOut.of(pictures.set_room_picture(actor=request.auth, room_id=room_id, **form.cleaned_data))


@router.delete(
    "/rooms/{room_id}/picture", response={200: RoomOut, **list_problems(403)}, openapi_extra=show_example(ROOM)
)
def remove_room_picture(request: ApiRequest, room_id: UUID) -> RoomOut:
    """Remove the picture of a room. Admins only."""
    return RoomOut.of(pictures.remove_room_picture(actor=request.auth, room_id=room_id))


@router.get("/room-pictures/{name}", openapi_extra={"responses": {200: PICTURE_RESPONSE}})
def get_room_picture(request: ApiRequest, name: str) -> HttpResponse:
    """Get the picture that a room's `picture_url` leads to, as WebP. For users who can see the room."""
    picture = pictures.open_room_picture(actor=request.auth, name=name)
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": PICTURE_CACHE_CONTROL})
