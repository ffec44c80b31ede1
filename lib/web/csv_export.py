"""Stream lists as CSV for spreadsheets, with formulas escaped."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from lib.web.schemas import to_timestamp

ROWS_PER_CHUNK = 1000
CONTENT_TYPE = "text/csv; charset=utf-8"
# Excel recognises UTF-8 by it.
BOM = "\ufeff"
# A cell that begins with one of these is run as a formula; in their wide form too.
FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
LINE_BREAKS = frozenset("\t\r\n")
QUOTES = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"
Columns = dict[str, Callable[[Any], object]]


def stream_csv(rows: QuerySet[Any], columns: Columns, *, name: str) -> StreamingHttpResponse:
    """Stream all `rows` in the order of their ids, in chunks of 1,000 with a query each.

    Memory stays small however many they are, and no transaction stays open while a slow client reads.
    """
    response = StreamingHttpResponse(_stream_chunks(rows, columns), content_type=CONTENT_TYPE)
    _name_file(response, name)
    return response


def answer_csv(lines: Iterable[Iterable[object]], *, name: str) -> HttpResponse:
    """Answer a few lines, the first of them the header, as CSV."""
    response = HttpResponse((BOM + _format_lines(lines)).encode(), content_type=CONTENT_TYPE)
    _name_file(response, name)
    return response


def escape_formula(value: object) -> str:
    """Return the text of a cell, with an apostrophe before what a spreadsheet would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return to_timestamp(value)
    text = str(value)
    start = text.lstrip(f"{BOM}{QUOTES} \u200b\u00a0\u3000")
    return f"'{text}" if text[:1] in LINE_BREAKS or start[:1] in FORMULA_STARTS or start[:1] in LINE_BREAKS else text


def _name_file(response: HttpResponseBase, name: str) -> None:
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.now():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "no-store"


def _stream_chunks(rows: QuerySet[Any], columns: Columns) -> Iterator[bytes]:
    yield (BOM + _format_lines([list(columns)])).encode()
    rows = rows.order_by("pk")
    chunk = list(rows[:ROWS_PER_CHUNK])
    while chunk:
        yield _format_lines([[describe(row) for describe in columns.values()] for row in chunk]).encode()
        chunk = list(rows.filter(pk__gt=chunk[-1].pk)[:ROWS_PER_CHUNK])


def _format_lines(cells: Iterable[Iterable[object]]) -> str:
    lines = StringIO()
    csv.writer(lines, quoting=csv.QUOTE_ALL).writerows([escape_formula(cell) for cell in line] for line in cells)
    return lines.getvalue()
