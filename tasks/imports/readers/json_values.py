"""Read JSON of other systems, whose values may be of any type, or missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.imports.errors import FileTooLong, WrongFile
from tasks.imports.source import MAX_TASKS
from tasks.imports.values import clean_text, parse_day

Object = dict[str, Any]


def parse_json(data: bytes) -> Any:
    """Return what stands in a file. Raise WrongFile for what is no JSON, or too deep."""
    try:
        return json.loads(data)
    except RecursionError as error:
        raise WrongFile(_("This JSON is nested too deep.")) from error
    except ValueError as error:
        raise WrongFile(_("This is no JSON: {reason}."), reason=str(error)) from error


def list_objects(value: Any) -> Iterator[Object]:
    """Yield the objects of a list; what is no list has none."""
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def get_object(value: Any) -> Object:
    """Return an object, an empty one for what is none."""
    return value if isinstance(value, dict) else {}


def get_text(value: Any) -> str:
    """Return a text, or a number as one; empty for what is none."""
    return clean_text(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def get_number(value: Any) -> float:
    """Return a number, 0 for what is none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) and value == value else 0  # noqa: PLR0124


def get_moment(value: Any) -> datetime | None:
    """Return a time; None for what is none, and for the year 1, by which Go says so."""
    moment = parse_day(value, order="day", zone=UTC) if isinstance(value, str) else None
    return moment if isinstance(moment, datetime) else None


def check_count(tasks: list[Any]) -> None:
    """Raise FileTooLong for more tasks than one file may have, WrongFile for none."""
    if len(tasks) > MAX_TASKS:
        raise FileTooLong()
    if not tasks:
        raise WrongFile(_("There is no task in this file."))
