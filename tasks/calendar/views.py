"""Show a project's tasks in a calendar."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from tasks.calendar.days import build_month, build_week, read_period
from tasks.calendar.queries import load_days, load_undated
from tasks.lists.views import SIGNS
from tasks.projects.page import load_head, project_context
from tasks.saved_views.queries import list_views
from tasks.work.page import build_filter_bar, read_task_query
from tasks.work.queries import load_choices


@require_safe
@signed_in_page
def show_calendar(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show a month or a week of tasks, and those without a day beside it."""
    head = load_head(user=request.user, project_id=project_id)
    query, today = read_task_query(request), timezone.localdate()
    period = read_period(request.GET.dict(), today)
    shown: dict[str, Any] = {"project": head.project, "user": request.user, "query": query, "today": today}
    days = load_days(period=period, **shown)
    bar = build_filter_bar(request, query, load_choices(head.project), user=request.user, keeps=("month", "week"))
    context = {
        "may_write": head.may_write,
        "period": period,
        "days": days,
        "is_empty": not any(day.entries for day in days),
        "weekdays": period.days[:7],
        "undated": load_undated(**shown),
        "bar": bar,
        "views": list_views(user=request.user, project_id=project_id),
        "signs": SIGNS,
        "links": _build_links(request, period, today),
    }
    return render(request, "tasks/calendar/calendar.html", project_context(request, head, tab="calendar", **context))


def _build_links(request: SignedInRequest, period: Any, today: Any) -> dict[str, str]:
    """Return where the buttons over the calendar lead, with the filters of the page."""
    filters = request.GET.copy()
    for name in ("month", "week"):
        filters.pop(name, None)
    kept = f"&{filters.urlencode()}" if filters else ""
    inside = today if period.holds(today) else period.first
    build = build_month if period.scale == "month" else build_week
    targets = {
        "previous": period.step(-1),
        "next": period.step(1),
        "today": build(today),
        "month": build_month(inside),
        "week": build_week(inside),
    }
    return {name: f"?{target.parameter}{kept}" for name, target in targets.items()}
