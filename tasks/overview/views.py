"""Show what a project is about and how it goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.models import Room, RoomMember
from chat.rooms.services.membership import join_room
from chat.rooms.services.rooms import create_room
from chat.sidebar.page import signed_in_page
from lib.text.markdown.document import render as render_markdown
from tasks.models import Project
from tasks.projects.activity import load_activity
from tasks.projects.forms import ChannelForm
from tasks.projects.page import ProjectHead, load_head, project_context
from tasks.projects.queries import count_tasks
from tasks.statistics.plots import Plots, draw_plots
from tasks.statistics.queries import load_statistics

MAX_FACES = 12
# How many days the plots go back: as many as the project is old, but a fortnight at least.
FEW_DAYS, MANY_DAYS = 14, 90


@require_safe
@signed_in_page
def show_project(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    return _render_overview(request, load_head(user=request.user, project_id=project_id), ChannelForm())


@require_POST
@signed_in_page
def new_channel(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    head = load_head(user=request.user, project_id=project_id)
    form, slug = ChannelForm(request.POST), head.project.organisation.slug
    if form.submit(create_room, actor=request.user, slug=slug, kind=Room.Kind.CHANNEL, project_id=project_id):
        return redirect(form.result)
    return _render_overview(request, head, form)


@require_POST
@signed_in_page
def join(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    head = load_head(user=request.user, project_id=project_id)
    join_room(actor=request.user, room_id=head.project.channel_id)
    return redirect("tasks:project", project_id)


def _render_overview(request: SignedInRequest, head: ProjectHead, channel_form: ChannelForm) -> HttpResponse:
    project = head.project
    members = RoomMember.objects.with_user().filter(room=project.channel_id).admins_first()
    channels = Room.objects.visible_to(request.user).filter(main_channel=project.channel_id, archived_at=None)
    counts = count_tasks([project.pk])[project.pk]
    more: dict[str, Any] = {
        "description": SafeString(render_markdown(project.description)) if project.description else "",
        "members": list(members[:MAX_FACES]),
        "channels": sorted(channels, key=lambda room: (not room.is_main_channel, room.folded_name)),
        "counts": counts,
        "plots": _draw_plots(project) if counts.total else None,
        "activity": load_activity(project),
        "channel_form": channel_form,
        # Browsers open no other address of a repository.
        "git_link": project.git_url if project.git_url.startswith(("http://", "https://")) else "",
    }
    context = project_context(request, head, tab="project", **more)
    return render(request, "tasks/overview/overview.html", context, status=422 if channel_form.errors else 200)


def _draw_plots(project: Project) -> Plots:
    """Return the plots of a project's last days. Four queries."""
    today = timezone.localdate()
    age = (today - timezone.localdate(project.created_at)).days + 1
    days = min(max(age, FEW_DAYS), MANY_DAYS)
    return draw_plots(load_statistics(project=project, today=today, days=days, zone=timezone.get_current_timezone()))
