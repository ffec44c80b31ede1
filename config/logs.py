"""Configure the log: one line per event on standard error."""

from __future__ import annotations

import logging
from typing import Any

# Names of the loggers that any request can write to.
SUSPICIONS = (
    "DisallowedHost",
    "DisallowedRedirect",
    "RequestDataTooBig",
    "SuspiciousFileOperation",
    "SuspiciousMultipartForm",
    "SuspiciousOperation",
    "TooManyFieldsSent",
    "TooManyFilesSent",
)


def build_logging(*, level: str) -> dict[str, Any]:
    """Return Django's LOGGING setting; `level` is that of all loggers but those named here."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "filters": {
            "no_traceback": {
                "()": "django.utils.log.CallbackFilter",
                "callback": "ext://config.logs.drop_traceback",
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        # A refused request is the client's mistake; an error is ours.
        "loggers": {"django.request": {"level": "ERROR"}}
        | {f"django.security.{name}": {"filters": ["no_traceback"]} for name in SUSPICIONS},
    }


def drop_traceback(record: logging.LogRecord) -> bool:
    """Log a suspicious request without its traceback: any client can send many, and the traceback tells nothing."""
    record.exc_info = None
    return True
