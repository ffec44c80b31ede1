"""Clean up after the jobs of all queues."""

from __future__ import annotations

from lib.jobs.job import job, recurring


def _has_old_jobs() -> bool:
    from lib.jobs.services import has_old_rows

    return has_old_rows()


@recurring("17 * * * *", when=_has_old_jobs)
@job(priority=-50)
def delete_old_jobs() -> None:
    """Delete jobs that ended long ago, with their arguments, and the leases of workers that are gone."""
    from lib.jobs.services import delete_ended_jobs

    delete_ended_jobs()
