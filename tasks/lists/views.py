"""Show a project's tasks as a list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.decorators import is_rows_request
from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from lib.web.parameters import parse_uuid
from tasks.lists.grouping import GROUPINGS, Grouping
from tasks.lists.queries import TaskListing, read_place, write_place
from tasks.models import Status
from tasks.projects.page import load_head, project_context
from tasks.saved_views.queries import list_views
from tasks.work.page import build_filter_bar, read_task_query
from tasks.work.queries import load_choices, load_columns

MAX_IDS = 200
# Icons that scripts take into menus.
SIGNS = tuple(f"status-{status}" for status in Status.values) + tuple(f"priority-{number}" for number in range(5))
GROUPING_NAMES = (
    ("column", _("By column")),
    ("assignee", _("By assignee")),
    ("priority", _("By priority")),
    ("due", _("By due date")),
    ("label", _("By label")),
    ("none", _("Not grouped")),
)
SORT_NAMES = (
    ("number", _("By number")),
    ("title", _("By title")),
    ("priority", _("Most urgent first")),
    ("due", _("Due first")),
    ("position", _("As on the board")),
    ("created", _("Oldest first")),
    ("updated", _("By latest change")),
)


@require_safe
@signed_in_page
def show_list(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the tasks that the filters ask for; scripts fetch further rows, and those of tasks that have changed."""
    head = load_head(user=request.user, project_id=project_id)
    query, today = read_task_query(request), timezone.localdate()
    grouping = read_grouping(request)
    context: dict[str, Any] = {"may_write": head.may_write}
    if is_rows_request(request):
        listing = TaskListing(head.project, request.user, query, grouping, load_columns(head.project), today)
        return render(request, "tasks/lists/_rows.html", context | load_row_context(request, listing))
    choices = load_choices(head.project)
    listing = TaskListing(head.project, request.user, query, grouping, choices.columns, today)
    context |= load_row_context(request, listing)
    context["bar"] = build_filter_bar(request, query, choices, user=request.user)
    context |= {"groupings": GROUPING_NAMES, "grouping": grouping, "sorts": SORT_NAMES, "query": query, "signs": SIGNS}
    context["views"] = list_views(user=request.user, project_id=project_id)
    return render(request, "tasks/lists/list.html", project_context(request, head, tab="list", **context))


def read_grouping(request: SignedInRequest) -> Grouping:
    """Return the grouping that the query string names, else that by columns."""
    chosen = request.GET.get("group")
    return next((each for each in GROUPINGS if each == chosen), GROUPINGS[0])


def load_row_context(request: SignedInRequest, listing: TaskListing) -> dict[str, Any]:
    """Return the rows of a page of the list, or of the tasks that the query string names."""
    ids = [task_id for each in request.GET.getlist("id")[:MAX_IDS] if (task_id := parse_uuid(each))]
    if ids:
        return {"rows": listing.load_rows(ids)}
    is_first = "after" not in request.GET
    counts = listing.count_groups() if is_first or listing.grouping != "none" else {}
    page = listing.load_page(read_place(request.GET.get("after", ""), listing.query.sort), counts)
    address = request.GET.copy()
    if page.last is not None:
        address["after"] = write_place(page.last)
    next_url = f"{request.path}?{address.urlencode()}" if page.last else ""
    return {"rows": page.rows, "next_url": next_url, "total": sum(counts.values())}
