"""Name places in sorted lists of tasks, as cursors and addresses of pages carry them.

A place holds what the last task was sorted by: it is found again when that task has changed, or is gone.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

Part = int | str | date | UUID
# Of the keys of `SORTS`; the others are texts.
KEY_TYPES: dict[str, type] = {"number": int, "priority": int, "due": date, "created": datetime, "updated": datetime}


def encode_place(*parts: Part) -> str:
    """Return the parts of a place in URL-safe base64."""
    values = [_write_part(part) for part in parts]
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_place(text: str, *types: type) -> list[Any] | None:
    """Return the parts that `encode_place` wrote, of these types in this order, or None for any other text."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=="))
        parts = [READERS[kind](value) for kind, value in zip(types, values, strict=True)]
        return parts if encode_place(*parts) == text else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _write_part(part: Part) -> int | str:
    if isinstance(part, date):
        return part.isoformat()
    return part if isinstance(part, int | str) else str(part)


def _read_int(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**63:
        raise ValueError(value)
    return value


def _read_text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def _read_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or not 1900 <= moment.year < 2200:
        raise ValueError(value)
    return moment


READERS: dict[type, Callable[[Any], Part]] = {
    int: _read_int,
    str: _read_text,
    date: date.fromisoformat,
    datetime: _read_moment,
    UUID: UUID,
}
