"""REST: list, count, retry and cancel background work, for system administrators. All others get 404 or 403."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from accounts.job_queue import services
from accounts.job_queue.queries import measure_recently
from accounts.job_queue.schemas import JobFilters, JobOut, JobStatisticsOut, KindOut, StateCounts
from accounts.permissions import require_system_administrator
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.jobs.queries import count_jobs, select_jobs
from lib.web.openapi import ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

router = Router(tags=["administration"])

JOB = {
    "id": ID,
    "kind": "lib.mail.jobs.deliver_mail",
    "queue": "mail",
    "state": "delayed",
    "attempts": 2,
    "max_attempts": 10,
    "enqueued_at": MOMENT,
    "due_at": MOMENT,
    "started_at": MOMENT,
    "finished_at": None,
    "error": "lib.mail.delivery.MailNotSent: ConnectionRefusedError 111",
}
WAITING = JOB | {"state": "waiting", "attempts": 0, "started_at": None, "error": None}
CANCELLED = JOB | {"state": "cancelled", "finished_at": MOMENT}
STATISTICS = {
    "states": {"waiting": 0, "running": 1, "delayed": 2, "done": 310, "failed": 1, "cancelled": 0},
    "kinds": [
        {
            "kind": "lib.mail.jobs.deliver_mail",
            "queue": "mail",
            "waiting": 2,
            "delayed": 1,
            "running": 1,
            "done": 40,
            "failed": 1,
            "median_wait_ms": 4.1,
            "slow_wait_ms": 12.0,
            "median_run_ms": 180.5,
            "slow_run_ms": 710.2,
            "next_at": None,
            "hours": [{"begins_at": MOMENT, "done": 40, "failed": 1}],
        }
    ],
}


@router.get(
    "/admin/jobs",
    response={200: Page[JobOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(JOB)),
)
def list_jobs(request: ApiRequest, page: Query[PageQuery], filters: Query[JobFilters]) -> Page[JobOut]:
    """List background work, newest first: what waits, is delayed, runs, is done, has failed or was cancelled."""
    require_system_administrator(request.auth)
    return paginate(select_jobs(**filters.model_dump()), page, JobOut.of_row, newest_first=True)


@router.get(
    "/admin/jobs/statistics",
    response={200: JobStatisticsOut, **list_problems(403)},
    openapi_extra=show_example(STATISTICS),
)
def get_job_statistics(request: ApiRequest) -> JobStatisticsOut:
    """Count all jobs by state, and those of the last day by kind, hour by hour. Kinds may be 15 seconds old."""
    require_system_administrator(request.auth)
    kinds = [KindOut.of(kind) for kind in measure_recently()]
    return JobStatisticsOut.model_construct(states=StateCounts.model_validate(count_jobs()), kinds=kinds)


@router.post(
    "/admin/jobs/{job_id}/retry",
    response={200: JobOut, **list_problems(404, 409)},
    openapi_extra=show_example(WAITING),
)
@needs_admin_scope
def retry_job(request: ApiRequest, job_id: UUID) -> JobOut:
    """Let a job that has failed, was cancelled or is delayed run now, with all its attempts."""
    return JobOut.of(services.retry_job(actor=request.auth, job_id=job_id))


@router.post(
    "/admin/jobs/{job_id}/cancel",
    response={200: JobOut, **list_problems(404, 409)},
    openapi_extra=show_example(CANCELLED),
)
@needs_admin_scope
def cancel_job(request: ApiRequest, job_id: UUID) -> JobOut:
    """Cancel a job that waits. One that runs goes on."""
    return JobOut.of(services.cancel_job(actor=request.auth, job_id=job_id))
