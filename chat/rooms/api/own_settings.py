"""REST: one's own side of a room."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from accounts.requests import ApiRequest
from chat.models import RoomMember
from chat.rooms.schemas import OwnSettingsOut, OwnSettingsPatch
from chat.rooms.services.own_settings import change_own_settings
from lib.web.openapi import show_example

router = Router(tags=["rooms"])

OWN_SETTINGS = {"favourite": True, "muted_until": "2100-01-01T00:00:00.000Z", "notification_level": "mentions"}


@router.get("/rooms/{room_id}/me", response=OwnSettingsOut, openapi_extra=show_example(OWN_SETTINGS))
def get_own_settings(request: ApiRequest, room_id: UUID) -> OwnSettingsOut:
    """Return your own settings of a room that you are in. Nobody else sees them."""
    return OwnSettingsOut.of(RoomMember.objects.get(room=room_id, user=request.auth))


@router.patch(
    "/rooms/{room_id}/me", response=OwnSettingsOut, openapi_extra=show_example(OWN_SETTINGS, body=OWN_SETTINGS)
)
def update_own_settings(request: ApiRequest, room_id: UUID, body: OwnSettingsPatch) -> OwnSettingsOut:
    """Make a room that you are in a favourite, mute it, or choose what of it counts. Nobody else is told.

    In a muted room nothing but mentions of you counts, until `muted_until`, for ever with 9999-01-01T00:00:00Z. The
    level says what counts otherwise: `all` messages, `mentions` alone, or `nothing`.
    """
    return OwnSettingsOut.of(change_own_settings(actor=request.auth, room_id=room_id, **body.changes()))
