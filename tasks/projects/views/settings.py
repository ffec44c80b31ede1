"""Change a project as a whole: what it is called, its picture, its state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.profiles.forms import AvatarForm
from accounts.requests import SignedInRequest
from chat.models import RoomMember
from chat.sidebar.page import signed_in_page
from tasks.models import Project
from tasks.projects.forms import ProjectDeletionForm, ProjectSettingsForm
from tasks.projects.page import ProjectHead, load_head, project_context
from tasks.projects.services import pictures, states
from tasks.projects.services.projects import update_project

# Of those who could own the project.
MAX_OWNERS = 500


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def edit_project(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the settings of a project; change them by a POST. Members who are no admins have those of the board."""
    head = load_head(user=request.user, project_id=project_id)
    if request.method == "POST":
        form = ProjectSettingsForm(request.POST)
        if form.submit(update_project, actor=request.user, project_id=project_id):
            messages.success(request, _("Saved."))
            return redirect("tasks:settings", project_id)
        return _render_settings(request, head, form=form)
    if not head.may_administer:
        return redirect("tasks:project_members", project_id)
    return _render_settings(request, head)


@require_POST
@signed_in_page
def set_picture(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    form = AvatarForm(request.POST, request.FILES)
    if form.submit(pictures.set_project_picture, actor=request.user, project_id=project_id):
        return redirect("tasks:settings", project_id)
    head = load_head(user=request.user, project_id=project_id)
    return _render_settings(request, head, picture_fault=form.error_text)


@require_POST
@signed_in_page
def delete_project(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    head = load_head(user=request.user, project_id=project_id)
    project = head.project
    form = ProjectDeletionForm(request.POST, name=project.name)
    if form.submit(states.delete_project, actor=request.user, project_id=project_id):
        messages.success(request, _("“%(name)s” is deleted. You can restore it.") % {"name": project.name})
        return redirect("tasks:projects", project.organisation.slug)
    return _render_settings(request, head, deletion_form=form)


def _act_and_stay(act: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Return a view that calls a service with the project and goes back to its settings."""

    @require_POST
    @signed_in_page
    def view(request: SignedInRequest, project_id: UUID) -> HttpResponse:
        act(actor=request.user, project_id=project_id)
        return redirect("tasks:settings", project_id)

    return view


archive_project = _act_and_stay(states.archive_project)
unarchive_project = _act_and_stay(states.unarchive_project)
remove_picture = _act_and_stay(pictures.remove_project_picture)


def _render_settings(
    request: SignedInRequest,
    head: ProjectHead,
    *,
    form: ProjectSettingsForm | None = None,
    deletion_form: ProjectDeletionForm | None = None,
    picture_fault: str = "",
) -> HttpResponse:
    if not head.may_administer:
        raise PermissionDenied(_("Only admins of the project can do that."))
    project = head.project
    fields = ProjectSettingsForm.base_fields
    members = RoomMember.objects.with_user().filter(room=project.channel_id).order_by("user__folded_name", "pk")
    faults = [each for each in (form, deletion_form) if each is not None and each.errors]
    context = project_context(
        request,
        head,
        tab="settings",
        section="settings",
        form=form or ProjectSettingsForm(initial={name: _read_initial(project, name) for name in fields}),
        deletion_form=deletion_form or ProjectDeletionForm(name=project.name),
        picture_fault=picture_fault,
        owners=[(member.user_id, member.user.name) for member in members[:MAX_OWNERS]],
    )
    return render(request, "tasks/projects/settings.html", context, status=422 if faults or picture_fault else 200)


def _read_initial(project: Project, name: str) -> Any:
    """Return what a field holds at first: days as browsers read them."""
    value = getattr(project, name)
    return value.isoformat() if isinstance(value, date) else value
