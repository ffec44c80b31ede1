"""Import tasks in the browser: choose a file, say what its columns mean, look at a dry run, import."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from assets.storing.incoming import take_file
from chat.imports.services import delete_import
from chat.sidebar.page import signed_in_page
from tasks.imports import services
from tasks.imports.detecting import detect_kind
from tasks.imports.forms import ORDERS, ImportForm, UploadForm, read_mapping
from tasks.imports.page import UPLOAD, describe_columns, describe_import, load_import, load_table
from tasks.projects.page import ProjectHead, load_head, project_context


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def upload(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Ask for a file; by a POST, take it and go on to what its columns mean, or to the dry run."""
    head = _load_writable(request, project_id)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.submit(_take_upload, actor=request.user, project_id=project_id):
        return redirect("tasks:import", project_id, form.result.pk)
    context = project_context(request, head, tab="settings", section="imports", form=form, **UPLOAD)
    return render(request, "tasks/imports/upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def show_import(request: SignedInRequest, project_id: UUID, import_id: UUID) -> HttpResponse:
    """Show what the columns of a table mean, how far the import is, or its report; run it by a POST."""
    head = _load_writable(request, project_id)
    imported = load_import(user=request.user, import_id=import_id, project_id=project_id)
    asks = imported.state == "draft" or (request.GET.get("step") == "columns" and not imported.is_under_way)
    table = load_table(imported) if asks or request.method == "POST" else None
    form, chosen = ImportForm(), None
    if request.method == "POST":
        if table is not None and "is_mapped" in request.POST:
            chosen = read_mapping(request.POST, table.names)
        form = ImportForm(request.POST)
        if form.submit(_run_import, actor=request.user, imported=imported, mapping=chosen):
            return redirect("tasks:import", project_id, import_id)
    more = describe_import(imported)
    if table is not None and (asks or form.errors):
        more |= describe_columns(imported, table, chosen) | {"orders": ORDERS}
    template = "tasks/imports/columns.html" if "columns" in more else "tasks/imports/import.html"
    context = project_context(request, head, tab="settings", section="imports", form=form, **more)
    response = render(request, template, context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@signed_in_page
def drop_import(request: SignedInRequest, project_id: UUID, import_id: UUID) -> HttpResponse:
    """Forget an import, and go back to where another one begins."""
    delete_import(actor=request.user, import_id=import_id)
    return redirect("tasks:imports", project_id)


def _load_writable(request: SignedInRequest, project_id: UUID) -> ProjectHead:
    head = load_head(user=request.user, project_id=project_id)
    if not head.may_write:
        raise PermissionDenied(_("Only members of the project can do that."))
    return head


def _take_upload(*, actor: Any, project_id: UUID, file: Any) -> Any:
    """Keep a file for an import; run it dry at once where nothing has to be asked."""
    path = take_file(file)
    try:
        kind = detect_kind(path)
    except Exception:
        path.unlink(missing_ok=True)
        raise
    given = {"actor": actor, "project_id": project_id, "kind": kind, "path": path, "name": file.name or ""}
    if kind == "csv":
        return services.upload_import(**given)
    return services.import_tasks(**given, options={}, is_dry_run=True)


def _run_import(*, actor: Any, imported: Any, mapping: Any, options: dict[str, Any], is_dry_run: bool) -> Any:
    """Run an import with what was chosen; what the screen did not ask for stays."""
    if mapping is None:
        known = imported.options | {"updates": options["updates"]}
    else:
        known = {"mapping": mapping, "date_order": options["date_order"]}
    return services.run_import(actor=actor, import_id=imported.pk, options=known, is_dry_run=is_dry_run)
