"""Show the sidebar's rooms alone, and all rooms of a user where the sidebar holds only some of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts.decorators import is_fragment_request, is_rows_request, redirect_to_next
from accounts.requests import SignedInRequest
from chat.models import Room
from chat.sidebar.forms import ArrangementForm
from chat.sidebar.html import render_lines, render_rooms
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from chat.sidebar.queries import build_lines, list_my_rooms, sidebar_for
from chat.sidebar.services import arrange_sidebar
from lib.web.filters import read_search
from lib.web.parameters import parse_uuid
from lib.web.row_pages import get_row_page


@require_safe
@cache_control(private=True, no_cache=True)
@conditional_page
@signed_in_page
def sidebar_rooms(request: SignedInRequest, slug: str) -> HttpResponse:
    """Return the middle of the sidebar, or 304 to a browser that has it already."""
    current = parse_uuid(request.GET.get("room", ""))
    room = Room.objects.visible_to(request.user).filter(pk=current).first() if current else None
    lines = sidebar_for(user=request.user, organisation=get_organisation(request, slug), current_room=room)
    return HttpResponse(render_rooms(lines))


@require_POST
@signed_in_page
def arrange(request: SignedInRequest) -> HttpResponse:
    """Fold sections of the sidebar, or show only rooms with something new."""
    form = ArrangementForm(request.POST)
    if not form.submit(arrange_sidebar, actor=request.user):
        raise BadRequest(form.error_text)
    return HttpResponse(status=204) if is_fragment_request(request) else redirect_to_next(request, "accounts:home")


@require_safe
@signed_in_page
def my_rooms(request: SignedInRequest, slug: str, *, directs: bool) -> HttpResponse:
    """Show all rooms, or with `directs` all direct rooms, that the user is in."""
    organisation = get_organisation(request, slug)
    q = read_search(request)
    rows = list_my_rooms(user=request.user, organisation=organisation, directs=directs, q=q)
    page = get_row_page(request, rows)
    context: dict[str, Any] = {"rows": page, "lines": render_lines(build_lines(page.rows, request.user), request.user)}
    if is_rows_request(request):
        return render(request, "chat/sidebar/_my_room_rows.html", context)
    title, here = (_("All my direct messages"), "my-directs") if directs else (_("All my rooms"), "my-rooms")
    context = page_context(request, organisation, directs=directs, q=q, title=title, here=here, **context)
    return render(request, "chat/sidebar/my_rooms.html", context)
