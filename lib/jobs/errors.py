"""Define what a job raises to say how it ended. Their texts are shown to administrators: no secrets in them."""

from __future__ import annotations

from datetime import timedelta
from traceback import extract_tb

MAX_LENGTH = 10_000


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


class UnknownJob(JobAborted):
    """A function that is gone, or is no job any longer."""


class JobTimedOut(JobError):
    """Mark of a job that took longer than its kind may, and whose thread was given up."""


class WorkerLost(JobError):
    """Mark of a job whose worker ended during its last attempt, as by `kill -9`."""


def name_error(error: type[BaseException]) -> str:
    """Return the path of an error's class."""
    return f"{error.__module__}.{error.__qualname__}"


def describe_error(error: BaseException) -> str:
    """Return where an error was raised, and its text where that is our own.

    Others repeat addresses, arguments and what a server said; so do source lines and the values of variables.
    """
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in extract_tb(error.__traceback__)]
    text = f": {error}" if isinstance(error, JobError) else ""
    described = "\n".join([*lines, f"{name_error(type(error))}{text}"])[-MAX_LENGTH:]
    # PostgreSQL takes neither of these, and an error that can't be stored would be stored for ever.
    return described.replace("\0", "").encode(errors="replace").decode()
