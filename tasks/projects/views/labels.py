"""Show the labels of a project; add, change and delete them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from tasks.models import COLORS, Label
from tasks.projects.forms import COLOR_CHOICES, LabelForm
from tasks.projects.page import load_head, project_context
from tasks.projects.services import labels


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def list_labels(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the labels of a project; add one by a POST."""
    form = LabelForm(request.POST if request.method == "POST" else None, initial={"color": COLORS[6]})
    if request.method == "POST" and form.submit(labels.create_label, actor=request.user, project_id=project_id):
        return redirect("tasks:labels", project_id)
    return _render_labels(request, project_id, form)


@require_POST
@signed_in_page
def change_label(request: SignedInRequest, project_id: UUID, label_id: UUID) -> HttpResponse:
    form = LabelForm(request.POST)
    if form.submit(labels.update_label, actor=request.user, label_id=label_id):
        return redirect("tasks:labels", project_id)
    return _render_labels(request, project_id, LabelForm(initial={"color": COLORS[6]}), form.error_text)


@require_POST
@signed_in_page
def delete_label(request: SignedInRequest, project_id: UUID, label_id: UUID) -> HttpResponse:
    labels.delete_label(actor=request.user, label_id=label_id)
    return redirect("tasks:labels", project_id)


def _render_labels(request: SignedInRequest, project_id: UUID, form: LabelForm, fault: str = "") -> HttpResponse:
    head = load_head(user=request.user, project_id=project_id)
    standing = Count("task_labels", filter=Q(task_labels__task__deleted_at=None))
    rows = Label.objects.filter(project=project_id).annotate(task_count=standing).order_by("folded_name", "pk")
    more = {"rows": list(rows), "colors": COLOR_CHOICES, "form": form, "fault": fault}
    context = project_context(request, head, tab="settings", section="labels", **more)
    return render(request, "tasks/projects/labels.html", context, status=422 if fault or form.errors else 200)
