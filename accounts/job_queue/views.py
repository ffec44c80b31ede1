"""Show background work in the browser, try it again and cancel it, for system administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import for_administrators, is_fragment_request, redirect_to_next
from accounts.job_queue.queries import list_kinds, shorten_kind
from accounts.job_queue.schemas import JobFilters
from accounts.job_queue.services import cancel_job, retry_job
from accounts.requests import SignedInRequest
from accounts.service_messages import tell_outcome
from accounts.settings_page import render_settings_page
from lib.jobs.queries import JobState, count_jobs, describe_job, select_jobs
from lib.web.filters import read_filters, read_page_query
from lib.web.pagination import paginate

JOBS_PER_PAGE = 25


@require_safe
@for_administrators
def show_jobs(request: SignedInRequest) -> HttpResponse:
    """Show kinds of jobs and, newest first, jobs; to a script that keeps the page up to date, these alone."""
    board = _build_board(request)
    if is_fragment_request(request):
        return render(request, "accounts/job_queue/_board.html", board)
    return render_settings_page(request, "accounts/job_queue/jobs.html", "jobs", **board)


@require_POST
@for_administrators
def try_again(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    return _change_job(request, job_id, retry_job, _("It is tried now."))


@require_POST
@for_administrators
def cancel_waiting(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    return _change_job(request, job_id, cancel_job, _("It is cancelled."))


def _build_board(request: SignedInRequest) -> dict[str, Any]:
    """Return what the page shows. Two queries, and four where the statistics of kinds are too old."""
    filters = read_filters(request, JobFilters)
    chosen = {name: value for name, value in filters.model_dump().items() if value}
    query = read_page_query(request, size=JOBS_PER_PAGE)
    page = paginate(select_jobs(**chosen), query, describe_job, newest_first=True)
    counts = count_jobs()
    return {
        "kinds": list_kinds(),
        "segments": [(state.value, label, counts[state]) for state, label in _label_states().items()],
        "filters": filters,
        "kind": shorten_kind(filters.kind) if filters.kind else "",
        "jobs": [(job, shorten_kind(job.kind), job.error.rpartition("\n")[2]) for job in page.items],
        "first": urlencode(chosen),
        "older": page.next_cursor and urlencode(chosen | {"cursor": page.next_cursor}),
        "is_first": "cursor" not in request.GET,
    }


def _label_states() -> dict[JobState, str]:
    return {
        JobState.WAITING: _("Waiting"),
        JobState.RUNNING: _("Running"),
        JobState.DELAYED: _("Delayed"),
        JobState.FAILED: _("Failed"),
        JobState.CANCELLED: _("Cancelled"),
        JobState.DONE: _("Done"),
    }


def _change_job(request: SignedInRequest, job_id: UUID, service: Callable[..., object], done: str) -> HttpResponse:
    tell_outcome(request, service, done, job_id=job_id)
    return redirect_to_next(request, "accounts:jobs")
