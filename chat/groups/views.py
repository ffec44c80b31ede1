"""Show groups of users, and let members change them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from chat.groups import services
from chat.groups.forms import GroupForm, GroupRoomForm
from chat.groups.queries import groups_in
from chat.models import Room, UserGroup, UserGroupMember
from chat.rooms.forms import NewMembersForm, build_picker
from chat.rooms.queries.people import people_to_write_to
from chat.sidebar.page import page_context, signed_in_page
from lib.web.filters import get_page

MAX_ROOMS = 200


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def list_groups(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the groups of an organisation; create one by a POST."""
    own = require_membership(request.user, slug)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.submit(services.create_group, actor=request.user, slug=slug):
        return redirect("chat:group", slug, form.result.pk)
    groups = groups_in(own).order_by("folded_name", "pk")
    context = page_context(request, own.organisation, form=form, page=get_page(request, groups), here="people")
    return render(request, "chat/groups/groups.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def edit_group(request: SignedInRequest, slug: str, group_id: UUID) -> HttpResponse:
    """Show a group and its members; change its name or handle by a POST."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.submit(services.update_group, actor=request.user, group_id=group_id):
        return redirect("chat:group", slug, group_id)
    return _render_group(request, slug, group_id, form=form if request.method == "POST" else None)


@require_POST
@signed_in_page
def add_members(request: SignedInRequest, slug: str, group_id: UUID) -> HttpResponse:
    form = NewMembersForm(request.POST)
    if form.submit(services.add_group_members, actor=request.user, group_id=group_id):
        return redirect("chat:group", slug, group_id)
    return _render_group(request, slug, group_id, fault=form.error_text)


@require_POST
@signed_in_page
def remove_member(request: SignedInRequest, slug: str, group_id: UUID, user_id: UUID) -> HttpResponse:
    services.remove_group_member(actor=request.user, group_id=group_id, user_id=user_id)
    return redirect("chat:group", slug, group_id)


@require_POST
@signed_in_page
def delete_group(request: SignedInRequest, slug: str, group_id: UUID) -> HttpResponse:
    services.delete_group(actor=request.user, group_id=group_id)
    return redirect("chat:groups", slug)


@require_POST
@signed_in_page
def bring_into_room(request: SignedInRequest, slug: str, group_id: UUID) -> HttpResponse:
    form = GroupRoomForm(request.POST)
    if form.submit(services.add_group_to_room, actor=request.user, group_id=group_id):
        count = len(form.result)
        messages.success(request, _("People added: %(count)s.") % {"count": count} if count else _("All are in it."))
        return redirect("chat:group", slug, group_id)
    return _render_group(request, slug, group_id, fault=form.error_text)


def _render_group(
    request: SignedInRequest, slug: str, group_id: UUID, *, form: GroupForm | None = None, fault: str = ""
) -> HttpResponse:
    own = require_membership(request.user, slug)
    group = UserGroup.objects.visible_to(request.user).get(pk=group_id, organisation=own.organisation)
    members = UserGroupMember.objects.filter(group=group).select_related("user").order_by("user__folded_name", "pk")
    may_change = UserGroup.objects.administered_by(request.user).filter(pk=group.pk).exists()
    rooms = Room.objects.extensible_by(request.user).filter(organisation=own.organisation, is_general=False)
    context: dict[str, Any] = {
        "group": group,
        "members": list(members),
        "may_change": may_change,
        "rooms": rooms.order_by("folded_name", "pk")[:MAX_ROOMS],
        "form": form or GroupForm(initial={"name": group.name, "handle": group.handle}),
        "fault": fault,
        "here": "people",
    }
    if may_change:
        context |= build_picker(request, "user_ids", lambda q: people_to_write_to(own=own, q=q))
    status = 422 if fault or (form and form.errors) else 200
    return render(request, "chat/groups/group.html", page_context(request, own.organisation, **context), status=status)
