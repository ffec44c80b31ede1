"""Show what is unread across rooms in one list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.catch_up.queries import unread_rooms_of
from chat.catch_up.services import mark_all_read
from chat.messages.services.read import mark_read
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.parameters import parse_number


@require_safe
@signed_in_page
def list_unread(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(request, slug)
    unread = unread_rooms_of(user=request.user, organisation=organisation)
    context = page_context(request, organisation, unread=unread, here="unread")
    return render(request, "chat/catch_up/unread.html", context)


@require_POST
@signed_in_page
def read_all(request: SignedInRequest, slug: str) -> HttpResponse:
    mark_all_read(actor=request.user, slug=slug)
    return redirect("chat:unread", slug)


@require_POST
@signed_in_page
def read_room(request: SignedInRequest, slug: str, room_id: UUID) -> HttpResponse:
    mark_read(actor=request.user, room_id=room_id, seq=parse_number(request, "seq") or 0)
    return redirect("chat:unread", slug)
