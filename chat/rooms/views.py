"""Find rooms and users, and open rooms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from chat.rooms.forms import DirectRoomForm, RoomForm
from chat.rooms.queries.directory import directory_for, users_to_write_to
from chat.rooms.queries.rooms import kinds_open_to
from chat.rooms.services.rooms import create_room, open_direct_room
from chat.sidebar.page import page_context, signed_in_page
from lib.web.filters import read_search

DIRECTORY_FILTERS = {"all": _("All"), "unjoined": _("Not joined"), "archived": _("Archived")}


@require_safe
@signed_in_page
def browse_rooms(request: SignedInRequest, slug: str) -> HttpResponse:
    own = require_membership(request.user, slug)
    organisation = own.organisation
    q = read_search(request)
    show = request.GET.get("show", "all")
    show = show if show in DIRECTORY_FILTERS else "all"
    rooms = directory_for(user=request.user, organisation=organisation, q=q, show=show)
    context = page_context(
        request, organisation, rooms=rooms, q=q, show=show, shown=DIRECTORY_FILTERS.items(), own=own, here="directory"
    )
    return render(request, "chat/rooms/directory.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def new_room(request: SignedInRequest, slug: str) -> HttpResponse:
    own = require_membership(request.user, slug)
    kinds = kinds_open_to(own)
    users = users_to_write_to(own=own)
    form = RoomForm(request.POST or None, people=users, kinds=kinds, initial={"kind": kinds[0]})
    if request.method == "POST" and form.submit(create_room, actor=request.user, slug=slug):
        return redirect(form.result)
    context = page_context(request, own.organisation, form=form, here="directory")
    return render(request, "chat/rooms/room_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def list_users(request: SignedInRequest, slug: str) -> HttpResponse:
    own = require_membership(request.user, slug)
    q = read_search(request)
    users = users_to_write_to(own=own, q=q)
    form = DirectRoomForm(request.POST or None, people=users)
    if request.method == "POST" and form.submit(open_direct_room, actor=request.user, slug=slug):
        room, _is_new = form.result
        return redirect(room)
    context = page_context(request, own.organisation, people=users, form=form, q=q, own=own, here="people")
    return render(request, "chat/rooms/people.html", context, status=422 if form.errors else 200)
