"""Read tables as others write them: in any encoding, with any delimiter, the header below a title."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lib.text.folding import fold_text
from tasks.imports.errors import FileTooLong, WrongFile
from tasks.imports.readers.csv_headers import KNOWN_HEADERS
from tasks.imports.readers.files import read_bytes
from tasks.imports.source import MAX_TASKS
from tasks.imports.values import clean_text

MAX_COLUMNS = 600
DELIMITERS = (",", ";", "\t")
# Rows above which the header has to stand.
SEARCHED = 15
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header, where a name may stand several times, and its rows, each as long as the header."""

    header: tuple[str, ...]
    rows: list[list[str]]

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, each once."""
        return [name for name in dict.fromkeys(self.header) if name]

    def list_cells(self, name: str) -> Iterator[str]:
        """Yield what stands in all columns of a name, empty cells left out."""
        places = [index for index, each in enumerate(self.header) if each == name]
        return (row[index] for row in self.rows for index in places if row[index])


def read_table(path: Path) -> Table:
    """Return the table of a file of `MAX_BYTES` at most. Raise WrongFile for what is none, FileTooLong."""
    return parse_table(read_bytes(path))


def parse_table(data: bytes) -> Table:
    """Return the table of the bytes of a file, as `read_table` does."""
    text = _decode_text(data)
    try:
        rows = list(islice(_read_rows(text), MAX_TASKS + SEARCHED + 1))
    except csv.Error as error:
        raise WrongFile(_("This is no table that can be read: {reason}."), reason=str(error)) from error
    place = _find_header(rows)
    header = tuple(" ".join(cell.split()) for cell in rows[place])
    if len(header) > MAX_COLUMNS:
        raise WrongFile(_("A table may have at most {count} columns."), count=MAX_COLUMNS)
    body = rows[place + 1 :]
    if len(body) > MAX_TASKS:
        raise FileTooLong()
    if not body:
        raise WrongFile(_("There is no row below the header of this table."))
    return Table(header, [[*row[: len(header)], *[""] * (len(header) - len(row))] for row in body])


def _decode_text(data: bytes) -> str:
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if not text.strip():
        raise WrongFile(_("This file is empty."))
    if "\0" in text[:10_000]:
        raise WrongFile(_("This is no text, but a program, a picture or a workbook. Export it as CSV."))
    return clean_text(text)


def _read_rows(text: str) -> Iterator[list[str]]:
    """Yield the rows that are not empty, with the delimiter that makes the most cells."""
    delimiter = max(DELIMITERS, key=lambda each: _count_cells(text, each))
    for row in csv.reader(StringIO(text), delimiter=delimiter):
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield cells


def _count_cells(text: str, delimiter: str) -> int:
    rows = csv.reader(StringIO(text), delimiter=delimiter)
    return max((len(row) for row in islice(rows, SEARCHED)), default=0)


def _find_header(rows: list[list[str]]) -> int:
    """Return which row is the header: that with the most names that are known, else the first with two cells."""
    known = [sum(fold_text(cell) in KNOWN_HEADERS for cell in row) for row in rows[:SEARCHED]]
    if max(known, default=0) > 0:
        return known.index(max(known))
    for index, row in enumerate(rows[:SEARCHED]):
        if sum(map(bool, row)) > 1:
            return index
    raise WrongFile(_("This table has no header: a row with the names of its columns."))
