"""Run one claimed job, and say how it ended."""

from __future__ import annotations

import logging
from asyncio import CancelledError

from lib.jobs.claiming import ClaimedJob
from lib.jobs.errors import UnknownJob, describe_error
from lib.jobs.job import find_job

logger = logging.getLogger(__name__)


def run_job(claimed: ClaimedJob) -> BaseException | None:
    """Call a job's function; return the error that it raised, which the log tells without its arguments."""
    try:
        job = find_job(claimed.kind)
        if job is None:
            raise UnknownJob("There is no such job in this version.")
        job.call(**claimed.arguments)
    except (Exception, SystemExit, CancelledError) as error:
        logger.warning("Job %s failed, attempt %d: %s", claimed.kind, claimed.attempt, describe_error(error))
        return error
    return None
