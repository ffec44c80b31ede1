"""Try jobs again and cancel them, for system administrators."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_updated
from accounts.models import User
from lib.jobs import services
from lib.jobs.models import StoredJob
from lib.jobs.queries import JobDescription, describe_job
from lib.web.errors import Conflict


def retry_job(*, actor: User, job_id: UUID) -> JobDescription:
    """Let a job that has failed, was cancelled or waits for its time run now, with all its attempts.

    Raise `Conflict` for one that runs or is done.
    """
    refusal = Conflict(_("What runs or is done can’t be tried again."), "job_not_failed")
    return _change_job(actor, job_id, services.retry_job, refusal)


def cancel_job(*, actor: User, job_id: UUID) -> JobDescription:
    """Cancel a job that waits. Raise `Conflict` for one that runs or has ended."""
    refusal = Conflict(_("Only what waits can be cancelled."), "job_not_waiting")
    return _change_job(actor, job_id, services.cancel_job, refusal)


@transaction.atomic
def _change_job(actor: User, job_id: UUID, change: Callable[..., bool], refusal: Conflict) -> JobDescription:
    job = _jobs_administered_by(actor).get(pk=job_id)
    before = describe_job(job)
    if not change(job_id=job_id):
        raise refusal
    job.refresh_from_db()
    after = describe_job(job)
    # What was delayed is due now, and so waits still.
    record_updated(actor, job, state=(before.state.value, after.state.value))
    return after


def _jobs_administered_by(actor: User) -> QuerySet[StoredJob]:
    """Return all jobs to a system administrator, and none to any other user."""
    return StoredJob.objects.all() if actor.role == User.Role.ADMIN else StoredJob.objects.none()
