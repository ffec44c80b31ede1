"""Pinned messages beside the feed."""

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
from chat.sidebar.page import identifier, page


@require_safe
@page
def pins(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    head = room_head(user=request.user, room_id=room_id)
    before = identifier(request.GET.get("before", ""))
    return show_panel(request, head, "pins", pins=pins_page(head.room, before=before), before=before)


@require_POST
@page
def unpin(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    return redirect("chat:pins", unpin_message(actor=request.user, message_id=message_id).room_id)
