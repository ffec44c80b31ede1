"""Configure the log: one line per event on standard error."""

from __future__ import annotations

import logging
import re
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

# Paths whose last part is a secret: whoever has it may enter.
KEY_PATHS = re.compile(r"/(share|join)/[\w-]{32,}")


class KeyMaskingFormatter(logging.Formatter):
    """Formatter that leaves the keys of links out of what it writes."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        return KEY_PATHS.sub(r"/\1/…", super().format(record))


def build_logging(*, level: str) -> dict[str, Any]:
    """Return Django's LOGGING setting; `level` is that of all loggers but those named here."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "config.logs.KeyMaskingFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
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
