"""Pinned messages beside the feed, saved messages on a page of their own, and letting go of either."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.messages.queries.bookmarks import saved_by
from chat.messages.services.bookmarks import remove_bookmark
from chat.models import Bookmark, Room
from chat.sidebar.page import frame, identifier, organisation_of, page


@require_safe
@page
def saved(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = organisation_of(request, slug)
    before = identifier(request.GET.get("before", ""))
    found = saved_by(user=request.user, organisation=organisation, before=before)
    context = frame(request, organisation, found=found, before=before, here="saved")
    return render(request, "chat/messages/bookmarks.html", context)


@require_POST
@page
def unsave(request: SignedInRequest, slug: str, message_id: UUID) -> HttpResponse:
    remove_bookmark(actor=request.user, message_id=message_id)
    return redirect("chat:saved", slug)


@require_safe
@page
def saved_here(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """Ids of what one has saved in a room: a script marks it, for messages look the same to everybody."""
    room = Room.objects.visible_to(request.user).only("pk").get(pk=room_id)
    ids = Bookmark.objects.of(request.user).within(room=room.pk).values_list("message", flat=True)
    return JsonResponse({"ids": list(ids)}, headers={"Cache-Control": "no-store"})
