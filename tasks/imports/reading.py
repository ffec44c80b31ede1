"""Read a file by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from accounts.models import User
from tasks.imports.readers.csv_headers import Field, guess_mapping
from tasks.imports.readers.csv_table import Table, read_table
from tasks.imports.readers.csv_tasks import check_mapping, read_rows
from tasks.imports.readers.todoist import read_todoist
from tasks.imports.readers.trello import read_trello
from tasks.imports.readers.vikunja import read_vikunja
from tasks.imports.source import Source
from tasks.imports.values import choose_zone

Kind = Literal["csv", "trello", "vikunja", "todoist"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def read_source(path: Path, *, kind: str, options: Mapping[str, Any], actor: User) -> Source:
    """Return what a file has. Raise WrongFile, FileTooLong, and ValidationError for options that don't fit it.

    Of a table, `mapping` says what its columns mean; without one it is guessed. `date_order` is `day` or `month`.
    """
    zone = choose_zone(actor)
    if kind == "trello":
        return read_trello(path)
    if kind == "vikunja":
        return read_vikunja(path)
    if kind == "todoist":
        return read_todoist(path, zone=zone)
    table = read_table(path)
    return read_rows(table, mapping=_choose_mapping(table, options), order=options.get("date_order"), zone=zone)


def check_file(path: Path, *, kind: str, options: Mapping[str, Any] | None, actor: User) -> None:
    """Raise what `read_source` does; of a table without options, only for what is none."""
    if kind == "csv" and options is None:
        read_table(path)
    else:
        read_source(path, kind=kind, options=options or {}, actor=actor)


def check_options(path: Path, *, kind: str, options: Mapping[str, Any]) -> None:
    """Raise ValidationError for options that don't fit a file that can be read."""
    if kind == "csv":
        _choose_mapping(read_table(path), options)


def _choose_mapping(table: Table, options: Mapping[str, Any]) -> dict[str, Field]:
    given = options.get("mapping")
    return check_mapping(table, guess_mapping(table.names) if given is None else given)
