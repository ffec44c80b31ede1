"""Find rooms and users, and create rooms."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import is_rows_request
from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from chat.models import Room
from chat.rooms.forms import PEOPLE_FOUND, DirectRoomForm, RoomForm, build_picker
from chat.rooms.queries.directory import BY_ACTIVITY, BY_NAME, build_directory, directory_for, directory_page
from chat.rooms.queries.people import people_to_add, people_to_write_to
from chat.rooms.queries.rooms import kinds_open_to
from chat.rooms.services.rooms import create_room, open_direct_room
from chat.sidebar.page import page_context, signed_in_page
from lib.web.filters import read_page_query, read_search
from lib.web.parameters import parse_uuid
from lib.web.row_pages import ROWS, build_cursor_page, get_row_page

DIRECTORY_FILTERS = {"all": _("All"), "unjoined": _("Not joined"), "archived": _("Archived")}
DIRECTORY_SORTS = {BY_NAME: _("By name"), BY_ACTIVITY: _("Latest first")}


@require_safe
@signed_in_page
def browse_rooms(request: SignedInRequest, slug: str) -> HttpResponse:
    own = require_membership(request.user, slug)
    q, show = read_search(request), request.GET.get("show", "all")
    show = show if show in DIRECTORY_FILTERS else "all"
    sort = request.GET.get("sort", BY_NAME)
    sort = sort if sort in DIRECTORY_SORTS else BY_NAME
    found = directory_for(user=request.user, organisation=own.organisation, q=q, show=show, sort=sort)
    query = read_page_query(request, size=ROWS)
    page = build_cursor_page(request, directory_page(found, query, sort=sort), query, lambda room: room.pk)
    context: dict[str, Any] = {"rows": page, "rooms": build_directory(page.rows, request.user)}
    if is_rows_request(request):
        return render(request, "chat/rooms/_directory_rows.html", context)
    context |= {"q": q, "show": show, "shown": DIRECTORY_FILTERS.items(), "own": own, "here": "directory"}
    context |= {"sort": sort, "sorts": DIRECTORY_SORTS.items()}
    return render(request, "chat/rooms/directory.html", page_context(request, own.organisation, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def new_room(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the form of a new room; create one by a POST. Without script, searching people sends the form by a GET."""
    own = require_membership(request.user, slug)
    kinds = kinds_open_to(own)
    initial = {"kind": kinds[0]} | {
        name: request.GET[name] for name in ("name", "topic", "kind") if name in request.GET
    }
    form = RoomForm(request.POST or None, kinds=kinds, initial=initial)
    if request.method == "POST" and form.submit(create_room, actor=request.user, slug=slug):
        return redirect(form.result)
    picker = build_picker(request, "member_ids", lambda q: people_to_write_to(own=own, q=q))
    context = page_context(request, own.organisation, form=form, here="directory", **picker)
    return render(request, "chat/rooms/room_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def list_users(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the people one may write to; open the room of those chosen by a POST."""
    own = require_membership(request.user, slug)
    q = read_search(request)
    # The button beside a name is for this person alone, whoever else is ticked.
    sent = {"user_ids": [request.POST["only"]]} if "only" in request.POST else request.POST
    form = DirectRoomForm(sent or None)
    if request.method == "POST" and form.submit(open_direct_room, actor=request.user, slug=slug):
        room, _is_new = form.result
        return redirect(room)
    context: dict[str, Any] = {"rows": get_row_page(request, people_to_write_to(own=own, q=q))}
    if is_rows_request(request):
        return render(request, "chat/rooms/_people_rows.html", context)
    context |= {"form": form, "own": own, "here": "people", "q": q}
    context |= build_picker(request, "user_ids", lambda q: people_to_write_to(own=own, q=q))
    context = page_context(request, own.organisation, **context)
    return render(request, "chat/rooms/people.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in_page
def people_options(request: SignedInRequest, slug: str) -> HttpResponse:
    """Return the first people whose name matches, as options; with `room` those who may be added to it."""
    own = require_membership(request.user, slug)
    q, room_id = read_search(request), parse_uuid(request.GET.get("room", ""))
    if room_id:
        room = Room.objects.visible_to(request.user).get(pk=room_id, organisation=own.organisation)
        found = people_to_add(user=request.user, room=room, q=q)
    else:
        found = people_to_write_to(own=own, q=q)
    return render(request, "chat/rooms/_people_options.html", {"rows": get_row_page(request, found, size=PEOPLE_FOUND)})
