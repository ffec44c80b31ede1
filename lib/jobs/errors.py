"""Define what a job raises to say how it ended. Their texts are shown to administrators: no secrets in them."""

from __future__ import annotations

from datetime import timedelta


class JobError(Exception):
    """Failure whose text may be stored and shown; that of any other error is not, since it may repeat secrets."""


class JobAborted(JobError):
    """Failure that another attempt would only repeat: the job ends at once."""


class RetryLater(JobError):
    """Failure that asks for the next attempt after a time of its own, as a server did by `Retry-After`."""

    def __init__(self, text: str, *, delay: timedelta) -> None:
        super().__init__(text)
        self.delay = delay


class JobCancelled(JobError):
    """Mark of a job that was cancelled while it waited."""


class WorkerLost(JobError):
    """Mark of a job whose worker ended during its last attempt, as by `kill -9`."""
