"""Make tasks of the rows of a table, by what its columns are said to mean."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.text.folding import fold_text
from tasks.imports.readers.csv_headers import FIELDS, ID_ORIGINS, Field
from tasks.imports.readers.csv_table import Table
from tasks.imports.source import Source, SourceComment, SourceLink, SourceTask
from tasks.imports.values import (
    TRELLO_COLORS,
    DateOrder,
    guess_date_order,
    guess_status,
    is_yes,
    parse_day,
    parse_duration,
    parse_priority,
    split_list,
)

# A spreadsheet that was saved once makes of all ids of one import the same.
ROUNDED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
COLORED_LABEL = re.compile(
    r"(.*\S)?\s*\((?:\w+_)?(green|yellow|orange|red|purple|blue|sky|lime|pink|black)(?:_\w+)?\)", re.IGNORECASE
)
UNITS: dict[Field, int] = {"estimate_hours": 3600, "spent_hours": 3600, "estimate_seconds": 1, "spent_seconds": 1}


class Cells(NamedTuple):
    """What a row has, by what it means; a meaning can stand in several columns."""

    by_field: dict[Field, list[str]]

    def first(self, field: Field) -> str:
        """Return the first cell of a meaning that is not empty."""
        return next(iter(self.by_field.get(field, ())), "")

    def all(self, field: Field) -> list[str]:
        """Return all cells of a meaning that are not empty."""
        return self.by_field.get(field, [])


def check_mapping(table: Table, mapping: Mapping[str, str]) -> dict[str, Field]:
    """Return a mapping without what is left out. Raise ValidationError for unknown names and where no title is."""
    if unknown := set(mapping) - set(table.names):
        raise ValidationError({"mapping": _("The table has no column “%(name)s”.") % {"name": min(unknown)}})
    chosen = {name: meant for name, meant in mapping.items() if meant}
    if wrong := set(chosen.values()) - set(FIELDS):
        raise ValidationError({"mapping": _("There is no field “%(name)s”.") % {"name": min(wrong)}})
    if "title" not in chosen.values():
        raise ValidationError({"mapping": _("Say which column has the titles.")})
    return chosen  # type: ignore[return-value]  # its values are those of FIELDS


def read_rows(table: Table, *, mapping: Mapping[str, Field], order: DateOrder | None, zone: tzinfo) -> Source:
    """Return the tasks of a table; times without a zone are of `zone`."""
    return RowReader(table, mapping, order, zone).read()


class RowReader:
    """Makes tasks of the rows of one table."""

    def __init__(self, table: Table, mapping: Mapping[str, Field], order: DateOrder | None, zone: tzinfo) -> None:
        self.table, self.mapping, self.zone = table, mapping, zone
        self.order: DateOrder = order or guess_order(table, mapping) or "day"
        self.source = Source()
        self._repeated: Counter[str] = Counter()
        named = (ID_ORIGINS.get(fold_text(name)) for name, field in mapping.items() if field == "id")
        self._origin = next((origin for origin in named if origin), "csv")

    def read(self) -> Source:
        """Return all tasks, and what of the table is left out."""
        for name in self.table.names:
            if name not in self.mapping and (count := sum(1 for _cell in self.table.list_cells(name))):
                self.source.notes.add("column_left_out", name, count=count)
        for row in self.table.rows:
            cells: dict[Field, list[str]] = {}
            for name, cell in zip(self.table.header, row, strict=True):
                if cell and (field := self.mapping.get(name)):
                    cells.setdefault(field, []).append(_unescape_formula(cell))
            self._add_task(Cells(cells), row)
        return self.source

    def _add_task(self, cells: Cells, row: list[str]) -> None:
        title = cells.first("title")
        if not title:
            self.source.notes.add("no_title", " ".join(filter(None, row)))
            return
        column = cells.first("column")
        if column:
            self.source.columns.setdefault(column, guess_status(cells.first("status") or column))
        self.source.tasks.append(
            SourceTask(
                external_id=self._derive_id(cells, row),
                title=title,
                other_names=[*cells.all("key"), cells.first("id"), title],
                description="\n\n".join(cells.all("description")),
                column=column,
                status=guess_status(cells.first("status")) if not column and cells.first("status") else "",
                is_completed=is_yes(cells.first("completed")),
                is_archived=is_yes(cells.first("archived")),
                priority=self._read_priority(cells.first("priority")),
                labels=[label for cell in cells.all("labels") for label in self._read_labels(cell)],
                people=[(cell,) for cell in cells.all("assignees")],
                start=self._read_day(cells.first("start")),
                due=self._read_day(cells.first("due")),
                estimate=self._read_duration(cells, "estimate_seconds", "estimate_hours"),
                time_spent=self._read_duration(cells, "spent_seconds", "spent_hours") or 0,
                parent=cells.first("parent"),
                links=[_read_link(each) for cell in cells.all("links") for each in split_list(cell)],
                comments=[self._read_comment(cell) for cell in cells.all("comments")],
            )
        )

    def _derive_id(self, cells: Cells, row: list[str]) -> str:
        """Return the id of a row; of one without, what its cells come to, so that it is found again."""
        given = cells.first("id")
        if given and ROUNDED.fullmatch(given):
            self.source.notes.add("rounded_id", given)
        elif given:
            return f"{self._origin}:{given}"[:200]
        digest = hashlib.sha256("\x1f".join(row).encode()).hexdigest()[:24]
        self._repeated[digest] += 1
        return f"csv:{digest}:{self._repeated[digest]}"

    def _read_day(self, text: str) -> date | datetime | None:
        day = parse_day(text, order=self.order, zone=self.zone) if text else None
        if text and day is None:
            self.source.notes.add("unknown_date", text)
        return day

    def _read_priority(self, text: str) -> int:
        priority = parse_priority(text) if text else 0
        if priority is None:
            self.source.notes.add("unknown_priority", text)
        return priority or 0

    def _read_duration(self, cells: Cells, *fields: Field) -> int | None:
        for field in fields:
            if text := cells.first(field):
                seconds = parse_duration(text, seconds_per_unit=UNITS[field])
                if seconds is None:
                    self.source.notes.add("unknown_duration", text)
                return seconds
        return None

    def _read_labels(self, cell: str) -> list[str]:
        """Return the labels of a cell; Trello writes the colour behind the name, or alone."""
        labels = []
        for name in split_list(cell):
            match = COLORED_LABEL.fullmatch(name)
            label = (match[1] or match[2]).strip() if match else name
            if match:
                self.source.label_colors.setdefault(label, TRELLO_COLORS[match[2].lower()])
            labels.append(label)
        return labels

    def _read_comment(self, cell: str) -> SourceComment:
        """Return a comment; Jira writes `date;author;text`."""
        parts = cell.split(";", 2)
        if len(parts) == 3 and parse_day(parts[0], order=self.order, zone=self.zone):
            return SourceComment(parts[1].strip(), parts[0].strip(), parts[2].strip())
        return SourceComment("", "", cell)


def guess_order(table: Table, mapping: Mapping[str, Field]) -> DateOrder | None:
    """Return whether the day or the month stands first in the dates of a table; None where nothing tells."""
    return guess_date_order(
        cell for name, field in mapping.items() if field in ("start", "due") for cell in table.list_cells(name)
    )


def _read_link(text: str) -> SourceLink:
    last = text.rsplit("/", 1)[-1]
    return SourceLink(last if "." in last else text, text if re.match(r"https?://", text) else "")


def _unescape_formula(cell: str) -> str:
    """Take away the apostrophe that our own export, and others, put before what could be run as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
