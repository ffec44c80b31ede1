"""How a socket says no."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from pydantic import ValidationError as ShapeError

from lib.realtime import frames
from lib.web.errors import Conflict, ScopeMissing

logger = logging.getLogger(__name__)


def error_frame(ref: Any, code: str, detail: str) -> bytes:
    """What answers a frame that was refused."""
    return frames.encode_frame("error", ref=ref, code=code, detail=detail)


def refusal(error: Exception) -> tuple[str, str]:
    """The code and the words for what a service refused."""
    match error:
        case ObjectDoesNotExist():
            return "not_found", _("There is no such thing, or you can’t see it.")
        case ScopeMissing():
            return error.code, str(error)
        case PermissionDenied():
            return "forbidden", str(error) or _("You can’t do that.")
        case ValidationError():
            return "invalid", " ".join(error.messages)
        case Conflict():
            return "conflict", str(error)
    logger.error("A command failed", exc_info=error)
    return "unavailable", _("That did not work. Nothing was changed; try again.")


def first_fault(error: ShapeError) -> str:
    """What is wrong with a frame's shape, and where."""
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'frame'}: {fault['msg']}"
