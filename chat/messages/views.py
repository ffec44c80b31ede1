"""Show saved messages, and remove them from the list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.messages.queries.bookmarks import saved_messages_of
from chat.messages.services.bookmarks import remove_bookmark
from chat.models import Bookmark, Room
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.parameters import parse_uuid


@require_safe
@signed_in_page
def list_saved(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(request, slug)
    before = parse_uuid(request.GET.get("before", ""))
    page = saved_messages_of(user=request.user, organisation=organisation, before=before)
    context = page_context(request, organisation, found=page, before=before, here="saved")
    return render(request, "chat/messages/bookmarks.html", context)


@require_POST
@signed_in_page
def remove_saved(request: SignedInRequest, slug: str, message_id: UUID) -> HttpResponse:
    remove_bookmark(actor=request.user, message_id=message_id)
    return redirect("chat:saved", slug)


@require_safe
@signed_in_page
def saved_here(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """Return the ids of the user's saved messages in a room: a script marks them, for cached HTML knows no reader."""
    room = Room.objects.visible_to(request.user).only("pk").get(pk=room_id)
    ids = Bookmark.objects.visible_to(request.user).within(room=room.pk).values_list("message", flat=True)
    return JsonResponse({"ids": list(ids)}, headers={"Cache-Control": "no-store"})
