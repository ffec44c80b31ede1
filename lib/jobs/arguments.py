"""Refuse arguments that would not come back from the database as they went in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

# Stored exactly; subclasses (enumerations, marked strings) come back as something else.
EXACT = (str, int, bool, type(None))
# JSON knows no limit, but JavaScript and other readers of a jsonb column do.
MAX_INTEGER = 2**53


def check_arguments(arguments: Mapping[str, Any]) -> None:
    """Raise TypeError for an argument that is not made of str, int, float, bool, None, lists and dicts of these.

    Ids travel as `str(row.pk)`, times as `isoformat()`. Dicts have keys of `str` alone; a tuple would be a list later.
    """
    for name, value in arguments.items():
        if not _is_exact(value):
            raise TypeError(f"The argument {name!r} of a job would come back as something else: {type(value).__name__}")


def _is_exact(value: object) -> bool:
    if type(value) is str:
        return _is_storable(value)
    if type(value) is int:
        return -MAX_INTEGER <= value <= MAX_INTEGER
    if type(value) is float:
        return math.isfinite(value)
    if type(value) is list:
        return all(map(_is_exact, value))
    if type(value) is dict:
        return all(type(key) is str and _is_storable(key) and _is_exact(entry) for key, entry in value.items())
    return type(value) in EXACT


def _is_storable(text: str) -> bool:
    """Tell whether PostgreSQL takes a text: no NUL, and no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
