"""Show a user's notifications in the frame of an organisation: the page, and the list that the bell opens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import is_fragment_request
from accounts.models import Organisation
from accounts.requests import SignedInRequest
from chat.activity.queries import list_places
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.pagination import PageQuery, encode_cursor
from lib.web.parameters import parse_uuid
from notifications.inbox.queries import list_notifications, load_notifications
from notifications.inbox.services import mark_all_read, mark_read, mark_unread

PAGE = 30
TABS = ("all", "unread", "mentions")


@require_safe
@signed_in_page
def show_notifications(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a page of notifications of all organisations: all, those not read, those that mention, or of a room."""
    organisation = get_organisation(request, slug)
    show, room = request.GET.get("show", ""), parse_uuid(request.GET.get("room", ""))
    before = parse_uuid(request.GET.get("before", ""))
    rows = list_notifications(user=request.user, unread=show == "unread", mentions=show == "mentions", place=room)
    page = load_notifications(
        rows, user=request.user, page=PageQuery(limit=PAGE, cursor=encode_cursor(before) if before else None)
    )
    shown: dict[str, Any] = {"notifications": page, "show": show if show in TABS else "all"}
    if is_fragment_request(request):
        return render(request, "chat/activity/_notifications.html", shown | {"organisation": organisation})
    chosen = {"show": show if show in TABS else "", "room": str(room or "")}
    query = urlencode({name: value for name, value in chosen.items() if value})
    shown |= {"before": before, "room_id": room, "places": list_places(request.user)}
    shown["filter"] = f"{query}&" if query else ""
    context = page_context(request, organisation, here="notifications", **shown)
    return render(request, "chat/activity/notifications.html", context)


@require_safe
@signed_in_page
def open_notifications(request: SignedInRequest) -> HttpResponse:
    """Lead to the notifications in the frame of the user's first organisation."""
    first = Organisation.objects.visible_to(request.user).order_by("folded_name").first()
    return redirect("chat:notifications", first.slug) if first else redirect("/")


@require_POST
@signed_in_page
def change_notification(request: SignedInRequest, slug: str, notification_id: UUID) -> HttpResponse:
    """Mark a notification as read, or with `unread` as not read."""
    get_organisation(request, slug)
    change = mark_unread if "unread" in request.POST else mark_read
    change(actor=request.user, notification_id=notification_id)
    return redirect("chat:notifications", slug)


@require_POST
@signed_in_page
def read_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """Mark the notifications of all organisations as read, and go back to the frame of this one."""
    organisation = get_organisation(request, slug)
    mark_all_read(actor=request.user)
    return redirect("chat:notifications", organisation.slug)
