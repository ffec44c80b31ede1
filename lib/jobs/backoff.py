"""Decide whether and when a job that failed is tried again."""

from __future__ import annotations

import random
from datetime import timedelta

from lib.jobs.errors import JobAborted, RetryLater

FIRST = timedelta(seconds=10)
FACTOR = 3
# With eight attempts a mail server may be away for three hours.
LONGEST = timedelta(hours=6)
# So that jobs that failed together do not come back together.
JITTER = 0.25


def compute_delay(error: BaseException, *, attempt: int, attempts: int) -> timedelta | None:
    """Return the time until the next attempt after one that failed, or None where there is none."""
    if isinstance(error, JobAborted) or attempt >= attempts:
        return None
    delay = error.delay if isinstance(error, RetryLater) else min(FIRST * FACTOR ** (attempt - 1), LONGEST)
    return delay * random.uniform(1, 1 + JITTER)  # noqa: S311  nothing is hidden behind it
