"""Show bookmarked messages, "Saved" in the interface, cards, and the readers and revisions of a message."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import is_fragment_request, is_rows_request
from accounts.models import Membership
from accounts.requests import SignedInRequest
from chat.messages.queries.bookmarks import bookmarks_of
from chat.messages.queries.destinations import find_destinations
from chat.messages.queries.message_card import message_card
from chat.messages.queries.readers import readers_of
from chat.messages.queries.revisions import revisions_of
from chat.messages.services.bookmarks import remove_bookmark
from chat.models import Bookmark, Message, Room
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.filters import read_search
from lib.web.parameters import parse_uuid
from lib.web.row_pages import get_row_page


@require_safe
@signed_in_page
def list_bookmarks(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(request, slug)
    before = parse_uuid(request.GET.get("before", ""))
    page = bookmarks_of(user=request.user, organisation=organisation, before=before)
    context = page_context(request, organisation, bookmarks=page, before=before, here="bookmarks")
    return render(request, "chat/messages/bookmarks.html", context)


@require_POST
@signed_in_page
def delete_bookmark(request: SignedInRequest, slug: str, message_id: UUID) -> HttpResponse:
    remove_bookmark(actor=request.user, message_id=message_id)
    return redirect("chat:bookmarks", slug)


@require_safe
@signed_in_page
def list_bookmarked_ids(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """Return the ids of the bookmarked messages in a room: a script marks them, for cached HTML knows no reader."""
    room = Room.objects.visible_to(request.user).only("pk").get(pk=room_id)
    ids = Bookmark.objects.visible_to(request.user).within(room=room.pk).values_list("message", flat=True)
    return JsonResponse({"ids": list(ids)}, headers={"Cache-Control": "no-store"})


@require_safe
@signed_in_page
def show_card(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """Show a message as a card below a link to it: to each reader apart, for not every reader may see it."""
    card = message_card(user=request.user, message_id=message_id)
    response = render(request, "chat/messages/_linked_message.html", {"card": card})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in_page
def open_origin(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """Lead to a message in its room, for a link that does not tell readers who may not see it which room that is."""
    message = Message.objects.visible_to(request.user).get(pk=message_id)
    return redirect(message)


@require_safe
@signed_in_page
def list_destinations(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """List rooms and users that a message can be forwarded to, by the beginning of a search, for a dialog."""
    message = Message.objects.visible_to(request.user).not_deleted().select_related("room").get(pk=message_id)
    own = Membership.objects.select_related("organisation", "user").get(
        organisation=message.room.organisation_id, user=request.user
    )
    q = read_search(request)
    response = render(request, "chat/messages/_destinations.html", {"places": find_destinations(own=own, q=q), "q": q})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in_page
def list_readers(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """Show who has read a message, for a dialog."""
    rows = get_row_page(request, readers_of(user=request.user, message_id=message_id).order_by("pk"))
    template = "_reader_rows" if is_rows_request(request) else "_readers"
    response = render(request, f"chat/messages/{template}.html", {"rows": rows})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in_page
def list_revisions(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    message, earlier = revisions_of(user=request.user, message_id=message_id)
    context: dict[str, Any] = {"message": message, "revisions": earlier.reverse()}
    if is_fragment_request(request):
        return render(request, "chat/messages/_revisions.html", context)
    return render(
        request,
        "chat/messages/revisions.html",
        page_context(request, message.room.organisation, message.room, **context),
    )
