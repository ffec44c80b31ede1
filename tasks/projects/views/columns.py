"""Show the columns of a project's board; add, change, move and delete them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from lib.web.forms import ServiceForm
from tasks.models import Column, Status
from tasks.projects.forms import ColumnDeletionForm, ColumnForm, ColumnMoveForm
from tasks.projects.page import load_head, project_context
from tasks.projects.services import columns


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def list_columns(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the columns of a project; add one by a POST."""
    form = ColumnForm(request.POST if request.method == "POST" else None, initial={"status": Status.IN_PROGRESS})
    if request.method == "POST" and form.submit(columns.create_column, actor=request.user, project_id=project_id):
        return redirect("tasks:columns", project_id)
    return _render_columns(request, project_id, form)


@require_POST
@signed_in_page
def change_column(request: SignedInRequest, project_id: UUID, column_id: UUID) -> HttpResponse:
    form = ColumnForm(request.POST)
    is_done = form.submit(columns.update_column, actor=request.user, column_id=column_id)
    return _show_outcome(request, project_id, form, is_done=is_done)


@require_POST
@signed_in_page
def move_column(request: SignedInRequest, project_id: UUID, column_id: UUID) -> HttpResponse:
    form = ColumnMoveForm(request.POST)
    is_done = form.submit(columns.update_column, actor=request.user, column_id=column_id)
    return _show_outcome(request, project_id, form, is_done=is_done)


@require_POST
@signed_in_page
def delete_column(request: SignedInRequest, project_id: UUID, column_id: UUID) -> HttpResponse:
    form = ColumnDeletionForm(request.POST)
    is_done = form.submit(columns.delete_column, actor=request.user, column_id=column_id)
    return _show_outcome(request, project_id, form, is_done=is_done)


def _show_outcome(request: SignedInRequest, project_id: UUID, form: ServiceForm, *, is_done: bool) -> HttpResponse:
    if is_done:
        return redirect("tasks:columns", project_id)
    return _render_columns(request, project_id, ColumnForm(initial={"status": Status.IN_PROGRESS}), form.error_text)


def _render_columns(request: SignedInRequest, project_id: UUID, form: ColumnForm, fault: str = "") -> HttpResponse:
    head = load_head(user=request.user, project_id=project_id)
    standing = Count("tasks", filter=Q(tasks__deleted_at=None))
    found = Column.objects.filter(project=project_id).annotate(task_count=standing).order_by("position", "pk")
    rows = list(found)
    neighbours = zip(rows, [None, *rows[:-1]], [*rows[1:], None], strict=True)
    context = project_context(
        request,
        head,
        tab="settings",
        section="columns",
        rows=list(neighbours),
        columns=rows,
        statuses=Status.choices,
        form=form,
        fault=fault,
    )
    return render(request, "tasks/projects/columns.html", context, status=422 if fault or form.errors else 200)
