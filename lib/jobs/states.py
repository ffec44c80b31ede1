"""Name the states of a job's row, and describe errors without what they may repeat."""

from __future__ import annotations

from traceback import extract_tb

from lib.jobs.errors import JobError

BACKEND = "default"
READY, RUNNING, FAILED, SUCCESSFUL = "READY", "RUNNING", "FAILED", "SUCCESSFUL"


def name_error(error: type[BaseException]) -> str:
    """Return the path of an error's class."""
    return f"{error.__module__}.{error.__qualname__}"


def describe_error(error: BaseException) -> str:
    """Return where an error was raised, and its text where that is our own.

    Others repeat addresses, arguments and what a server said; so do source lines and the values of variables.
    """
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in extract_tb(error.__traceback__)]
    text = f": {error}" if isinstance(error, JobError) else ""
    return "\n".join([*lines, f"{name_error(type(error))}{text}"])
