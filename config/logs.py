"""What goes into the log, and how much of it."""

from __future__ import annotations

import logging


def without_traceback(record: logging.LogRecord) -> bool:
    """Anybody can send such requests, and where in our code they were refused tells nothing."""
    record.exc_info = None
    return True
