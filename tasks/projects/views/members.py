"""Show the members of a project; add and remove them, and change their role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import is_rows_request
from accounts.requests import SignedInRequest
from chat.models import RoomMember
from chat.rooms.forms import NewMembersForm, build_picker
from chat.rooms.queries.people import people_to_add
from chat.rooms.queries.rooms import has_several_admins, members_of
from chat.rooms.services.members import add_members
from chat.rooms.services.membership import leave_room
from chat.sidebar.page import signed_in_page
from lib.web.errors import Conflict
from lib.web.filters import read_search
from lib.web.row_pages import get_row_page
from tasks.projects.page import load_head, project_context
from tasks.projects.services import members


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def list_members(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show who is in a project; add people by a POST."""
    head = load_head(user=request.user, project_id=project_id)
    channel = head.project.channel
    form = NewMembersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.submit(add_members, actor=request.user, room_id=channel.pk):
        return redirect("tasks:project_members", project_id)
    q = read_search(request)
    rows = get_row_page(request, members_of(channel, q))
    more: dict[str, Any] = {"rows": rows, "q": q, "several_admins": has_several_admins(channel)}
    if is_rows_request(request):
        return render(request, "tasks/projects/_member_rows.html", more | {"head": head, "project": head.project})
    if head.may_add_people:
        more |= build_picker(request, "user_ids", lambda q: people_to_add(user=request.user, room=channel, q=q))
    context = project_context(request, head, tab="settings", section="project_members", form=form, **more)
    return render(request, "tasks/projects/members.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in_page
def change_role(request: SignedInRequest, project_id: UUID, user_id: UUID) -> HttpResponse:
    role = RoomMember.Role.ADMIN if request.POST.get("role") == "admin" else RoomMember.Role.MEMBER
    members.change_project_role(actor=request.user, project_id=project_id, user_id=user_id, role=role)
    return redirect("tasks:project_members", project_id)


@require_POST
@signed_in_page
def remove_member(request: SignedInRequest, project_id: UUID, user_id: UUID) -> HttpResponse:
    members.remove_project_member(actor=request.user, project_id=project_id, user_id=user_id)
    return redirect("tasks:project_members", project_id)


@require_POST
@signed_in_page
def leave(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Leave a project. Its last member is shown how to archive and delete it instead."""
    head = load_head(user=request.user, project_id=project_id)
    try:
        leave_room(actor=request.user, room_id=head.project.channel_id)
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect("tasks:settings", project_id)  # where it is archived and deleted
    return redirect("tasks:projects", head.project.organisation.slug)
