"""Turn exceptions into error frames, and name the codes that close a socket."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import ValidationError as ShapeError

from lib.outages import find_full_storage
from lib.realtime.frames import encode_frame
from lib.web.errors import Conflict, ScopeMissing

logger = logging.getLogger(__name__)

UNAUTHENTICATED = 4401
SECOND_FACTOR_DUE = 4403
TOO_MANY_SOCKETS = 4029
POLICY_VIOLATION = 1008


class FrameError(Exception):
    """A frame that is no command. `detail` is a message id, translated when the error is described."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


RATE_LIMITED = FrameError("rate_limited", gettext_noop("Slow down: this connection sends too many frames."))
BAD_FRAME = FrameError("bad_frame", gettext_noop("A frame is a JSON object with a type."))
UNKNOWN_TYPE = FrameError("unknown_type", gettext_noop("There is no frame of this type."))


def encode_error(ref: Any, error: Exception) -> bytes:
    """Return the frame that answers a command which failed with `error`, in the active language."""
    code, detail = _describe_error(error)
    return encode_frame("error", ref=ref, code=code, detail=detail)


def _describe_error(error: Exception) -> tuple[str, str]:
    """Return the code and the text of an error; log one that is not a refusal."""
    match error:
        case FrameError():
            return error.code, _(error.detail)
        case ShapeError():
            return "invalid", _describe_shape_error(error)
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
    if full := find_full_storage(error):
        return "storage_full", str(full)
    logger.error("A command failed", exc_info=error)
    return "unavailable", _("That did not work. Nothing was changed; try again.")


def _describe_shape_error(error: ShapeError) -> str:
    """Return what is wrong with a frame's shape, and where."""
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'frame'}: {fault['msg']}"
