"""Show the tasks of a project that wait for a column."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import is_rows_request
from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from tasks.lists.queries import TaskListing
from tasks.lists.views import SIGNS, load_row_context
from tasks.projects.page import load_head, project_context
from tasks.work.filters import TaskQuery
from tasks.work.queries import load_columns


@require_safe
@signed_in_page
def show_triage(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the tasks that wait for a column, the oldest first; with `snoozed` those that are snoozed."""
    head = load_head(user=request.user, project_id=project_id)
    is_snoozed = "snoozed" in request.GET
    query = TaskQuery(triage=True, snoozed=is_snoozed)
    columns = load_columns(head.project)
    listing = TaskListing(head.project, request.user, query, "none", columns, timezone.localdate())
    context: dict[str, Any] = {"may_write": head.may_write, "is_triage": True}
    context |= load_row_context(request, listing)
    if is_rows_request(request):
        return render(request, "tasks/lists/_rows.html", context)
    context |= {"signs": SIGNS, "is_snoozed": is_snoozed, "columns": columns}
    return render(request, "tasks/triage/triage.html", project_context(request, head, tab="triage", **context))
