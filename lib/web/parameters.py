"""Parse numbers, days and ids from query strings and cookies."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest

# Fits in a column of 64 bits.
MAX_DIGITS = 18


def parse_number(request: HttpRequest, name: str) -> int | None:
    """Return a number from the query string, None where it is absent. Raise BadRequest for anything else."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        raise BadRequest(f"{name} is a number.")
    return int(text)


def parse_day(request: HttpRequest, name: str) -> date | None:
    """Return a day (`2026-11-12`) from the query string, None where it is absent. Raise BadRequest for any other."""
    text = request.GET.get(name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"{name} is a day: 2026-11-12.") from error


def parse_uuid(text: str) -> UUID | None:
    """Return an id from a cookie or a query string, None where it is absent or malformed."""
    try:
        return UUID(text)
    except ValueError:
        return None
