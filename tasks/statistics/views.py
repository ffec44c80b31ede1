"""Show the numbers of a project as plots and tables."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from tasks.projects.page import load_head, project_context
from tasks.statistics.plots import draw_plots, list_weekly_days
from tasks.statistics.queries import load_statistics
from tasks.task_page.history import describe_duration

DAY = 86_400
PERIODS = (30, 90, 365)
USUAL = 90


@require_safe
@signed_in_page
def show_statistics(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show what a project has done in the last days: 30, 90 or 365, as `days` says."""
    head = load_head(user=request.user, project_id=project_id)
    chosen = request.GET.get("days", "")
    days = int(chosen) if chosen in map(str, PERIODS) else USUAL
    numbers = load_statistics(
        project=head.project, today=timezone.localdate(), days=days, zone=timezone.get_current_timezone()
    )
    cycle = numbers.cycle_time
    context = project_context(
        request,
        head,
        tab="statistics",
        periods=PERIODS,
        days=days,
        plots=draw_plots(numbers),
        rows=list_weekly_days(numbers.days),
        cycle=cycle,
        median=_describe_span(cycle.median_seconds or 0),
        p85=_describe_span(cycle.p85_seconds or 0),
    )
    return render(request, "tasks/statistics/statistics.html", context)


def _describe_span(seconds: int) -> str:
    """Return how long something took: whole days, or hours and minutes of less than two."""
    if seconds < 2 * DAY:
        return describe_duration(seconds)
    days = round(seconds / DAY)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
