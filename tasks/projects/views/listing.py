"""List the projects of an organisation, create and restore them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import is_rows_request
from accounts.models import Membership
from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from chat.rooms.forms import build_picker
from chat.rooms.queries.people import people_to_write_to
from chat.sidebar.page import page_context, signed_in_page
from lib.web.filters import read_search
from lib.web.parameters import parse_uuid
from lib.web.row_pages import get_row_page
from tasks.models import COLORS, Project
from tasks.projects.cards import build_cards
from tasks.projects.forms import NewProjectForm
from tasks.projects.keys import suggest_key
from tasks.projects.queries import projects_in
from tasks.projects.services.projects import create_project
from tasks.projects.services.states import restore_project

STATES = {"active": gettext_lazy("Active"), "archived": gettext_lazy("Archived"), "deleted": gettext_lazy("Deleted")}
MAX_TEMPLATES = 50


@require_safe
@signed_in_page
def list_projects(request: SignedInRequest, slug: str) -> HttpResponse:
    own = require_membership(request.user, slug)
    q, show = read_search(request), request.GET.get("show", "active")
    show = show if show in STATES else "active"
    found = projects_in(user=request.user, organisation=own.organisation, state=show, q=q)
    rows = get_row_page(request, found.order_by("folded_name", "pk"))
    context: dict[str, Any] = {"rows": rows, "cards": build_cards(rows.rows, request.user)}
    if is_rows_request(request):
        return render(request, "tasks/projects/_cards.html", context)
    may_create = own.role in Membership.OPEN_ROOM_ROLES
    context |= {"q": q, "show": show, "shown": STATES.items(), "may_create": may_create, "here": "projects"}
    return render(request, "tasks/projects/projects.html", page_context(request, own.organisation, **context))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def new_project(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the form of a new project, with `template` that of one that begins like another; create it by a POST."""
    own = require_membership(request.user, slug)
    if own.role not in Membership.OPEN_ROOM_ROLES:
        raise PermissionDenied(_("Guests can't create projects."))
    projects = Project.objects.visible_to(request.user).filter(organisation=own.organisation)
    form = NewProjectForm(request.POST if request.method == "POST" else None, initial=_read_initial(request))
    if request.method == "POST" and form.submit(create_project, actor=request.user, slug=slug):
        return redirect(form.result)
    chosen = parse_uuid(str(form["template_id"].value() or ""))
    context = {
        "form": form,
        "template": projects.filter(pk=chosen).first() if chosen else None,
        "templates": projects.filter(is_template=True).order_by("folded_name", "pk")[:MAX_TEMPLATES],
        "here": "projects",
        **build_picker(request, "member_ids", lambda q: people_to_write_to(own=own, q=q)),
    }
    context = page_context(request, own.organisation, **context)
    return render(request, "tasks/projects/new_project.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in_page
def suggest_free_key(request: SignedInRequest, slug: str) -> HttpResponse:
    """Return a key for a name, as text."""
    own = require_membership(request.user, slug)
    keys = Project.objects.filter(organisation=own.organisation).values_list("key", flat=True)
    name = read_search(request, "name")
    return HttpResponse(suggest_key(name, set(keys)) if name else "", content_type="text/plain")


@require_POST
@signed_in_page
def restore(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    project = restore_project(actor=request.user, project_id=project_id)
    messages.success(request, _("“%(name)s” is back.") % {"name": project.name})
    # Administrators restore projects that they are not in.
    if Project.objects.visible_to(request.user).filter(pk=project.pk).exists():
        return redirect(project)
    return redirect("tasks:projects", project.organisation.slug)


def _read_initial(request: SignedInRequest) -> dict[str, Any]:
    """Return what the form holds at first: without script, searching people sends it by a GET."""
    names = [name for name in NewProjectForm.base_fields if name != "member_ids"]
    given = {name: request.GET[name] for name in names if name in request.GET}
    return {"color": COLORS[6], "visibility": "members", "template_id": request.GET.get("template")} | given
