"""Show and change a room's details: members, name, topic, archive. A page, or the panel beside the feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import is_rows_request
from accounts.requests import SignedInRequest
from chat.library.queries import list_room_files
from chat.models import Room, RoomMember
from chat.room_page.html import render_faces
from chat.room_page.views.room import show_panel
from chat.rooms.forms import NewMembersForm, OwnSettingsForm, RoomSettingsForm, build_picker
from chat.rooms.queries.people import people_to_add
from chat.rooms.queries.room_head import RoomHead, room_head
from chat.rooms.queries.rooms import has_several_admins, may_leave, members_of
from chat.rooms.services import members, membership, rooms
from chat.sidebar.page import signed_in_page
from lib.web.errors import Conflict
from lib.web.filters import read_search
from lib.web.row_pages import get_row_page

# Of a room, the newest.
FILES = 4


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def room_details(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    if request.method == "POST":
        return _update_room(request, room_id)
    return show_details(request, room_head(user=request.user, room_id=room_id))


@require_safe
@signed_in_page
def room_faces(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """Return the members as the bar over a room shows them."""
    return HttpResponse(render_faces(room_head(user=request.user, room_id=room_id)))


@require_POST
@signed_in_page
def add_members(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    form = NewMembersForm(request.POST)
    if form.submit(members.add_members, actor=request.user, room_id=room_id):
        return redirect("chat:details", room_id)
    return show_details(request, room_head(user=request.user, room_id=room_id), fault=form.error_text)


@require_POST
@signed_in_page
def change_role(request: SignedInRequest, room_id: UUID, user_id: UUID) -> HttpResponse:
    role = RoomMember.Role.ADMIN if request.POST.get("role") == "admin" else RoomMember.Role.MEMBER
    members.change_member_role(actor=request.user, room_id=room_id, user_id=user_id, role=role)
    return redirect("chat:details", room_id)


@require_POST
@signed_in_page
def remove_member(request: SignedInRequest, room_id: UUID, user_id: UUID) -> HttpResponse:
    members.remove_member(actor=request.user, room_id=room_id, user_id=user_id)
    return redirect("chat:details", room_id)


def _act_and_stay(act: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Return a view that calls a service with the room and goes back to it."""

    @require_POST
    @signed_in_page
    def view(request: SignedInRequest, room_id: UUID) -> HttpResponse:
        act(actor=request.user, room_id=room_id)
        return redirect("chat:room", room_id)

    return view


def _act_and_go_home(act: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Return a view that calls a service with the room, and goes to its organisation since the room is gone."""

    @require_POST
    @signed_in_page
    def view(request: SignedInRequest, room_id: UUID) -> HttpResponse:
        # Read before it is gone.
        slug = Room.objects.visible_to(request.user).values_list("organisation__slug", flat=True).get(pk=room_id)
        try:
            act(actor=request.user, room_id=room_id)
        except Conflict as error:  # the last member of a project stays
            return show_details(request, room_head(user=request.user, room_id=room_id), fault=str(error.detail))
        return redirect("chat:home", slug)

    return view


join_room = _act_and_stay(membership.join_room)
archive_room = _act_and_stay(rooms.archive_room)
unarchive_room = _act_and_stay(rooms.unarchive_room)
leave_room = _act_and_go_home(membership.leave_room)
delete_room = _act_and_go_home(rooms.delete_room)


def _update_room(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    # The service is called before the form is validated: a missing permission outranks invalid input.
    form = RoomSettingsForm(request.POST)
    sent: dict[str, Any] = {name: request.POST[name] for name in form.fields if name in request.POST}
    if "system_messages" in request.POST:
        sent["system_messages"] = request.POST["system_messages"] == "on"
    try:
        rooms.update_room(actor=request.user, room_id=room_id, **sent)
        return redirect("chat:details", room_id)
    except (Conflict, ValidationError) as error:
        if form.is_valid():
            form.show_error(error)
    return show_details(request, room_head(user=request.user, room_id=room_id), form)


def show_details(
    request: SignedInRequest,
    head: RoomHead,
    form: RoomSettingsForm | None = None,
    *,
    fault: str = "",
    picture_fault: str = "",
) -> HttpResponse:
    """Return the details panel; with status 422 when a form was refused."""
    room = head.room
    form = form or RoomSettingsForm(initial={"name": room.name, "topic": room.topic, "emoji": room.emoji})
    status = 422 if form.errors or fault or picture_fault else 200
    q = read_search(request)
    rows = get_row_page(request, members_of(room, q), path=reverse("chat:details", args=[room.pk]))
    may_go = may_leave(room, {request.user.pk, *(member.user_id for member in rows.rows)})
    mutes = OwnSettingsForm.MUTES.items()
    context = {"mutes": mutes, "rows": rows, "may_go": may_go, "several_admins": has_several_admins(room)}
    if is_rows_request(request):
        return render(request, "chat/room_page/_member_rows.html", context | {"page": head})
    context["files"] = list_room_files(user=request.user, room_id=room.pk, limit=FILES)
    return show_panel(
        request,
        head,
        "details",
        status=status,
        form=form,
        fault=fault,
        picture_fault=picture_fault,
        member_q=q,
        **context,
        **_build_picker(request, head),
    )


def _build_picker(request: SignedInRequest, head: RoomHead) -> dict[str, Any]:
    """Return the context of the field for people to add, where there may be any."""
    room = head.room
    if not head.can_post or room.is_direct or head.member_count >= (room.organisation.member_count or 0):
        return {"may_add": False}
    picker = build_picker(request, "user_ids", lambda q: people_to_add(user=request.user, room=room, q=q))
    return picker | {"may_add": True}
