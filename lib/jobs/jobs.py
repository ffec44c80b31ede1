"""Clean up after the jobs of all queues."""

from __future__ import annotations

from lib.jobs.job import job, recurring


@recurring("17 * * * *")
@job(priority=-50)
def delete_old_jobs() -> None:
    """Delete jobs that ended long ago, with their arguments, and the leases of workers that are gone."""
    from lib.jobs.services import delete_ended_jobs

    delete_ended_jobs()
