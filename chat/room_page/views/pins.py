"""Show pinned messages beside the feed, and unpin them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.messages.queries.pins import pins_page
from chat.messages.services.pins import unpin_message
from chat.room_page.views.room import show_panel
from chat.rooms.queries.room_head import room_head
from chat.sidebar.page import signed_in_page
from lib.web.parameters import parse_uuid


@require_safe
@signed_in_page
def list_pins(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    head = room_head(user=request.user, room_id=room_id)
    before = parse_uuid(request.GET.get("before", ""))
    return show_panel(request, head, "pins", pins=pins_page(head.room, before=before), before=before)


@require_POST
@signed_in_page
def remove_pin(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    return redirect("chat:pins", unpin_message(actor=request.user, message_id=message_id).room_id)
