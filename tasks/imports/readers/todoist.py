"""Read the CSV of a Todoist project, and a backup: a zip file with one of each project."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import date, datetime, tzinfo
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks.imports.errors import WrongFile
from tasks.imports.readers.csv_table import Table, parse_table
from tasks.imports.readers.files import is_archive, read_bytes, read_members
from tasks.imports.readers.json_values import check_count
from tasks.imports.source import Source, SourceComment, SourceTask
from tasks.imports.values import guess_status, parse_day

LABEL = re.compile(r"(?<!\S)@([^\s@]+)")
# Behind a name stands an id.
PERSON_ID = re.compile(r"\s*\(\d+\)$")
UNITS = {"minute": 60, "day": 8 * 3600}


def read_todoist(path: Path, *, zone: tzinfo) -> Source:
    """Return the tasks of a project, or of all projects of a backup. Raise WrongFile, FileTooLong."""
    tables = read_members(path, suffix=".csv") if is_archive(path) else {"": read_bytes(path)}
    if not tables:
        raise WrongFile(gettext_lazy("There is no CSV file in this zip file."))
    source = Source()
    for name, data in tables.items():
        table = parse_table(data)
        if not {"TYPE", "CONTENT"} <= set(table.header):
            raise WrongFile(gettext_lazy("This is no table of Todoist: “{name}” is missing."), name="TYPE, CONTENT")
        project = PERSON_ID.sub("", re.sub(r"\s*\[\d+\]$", "", PurePosixPath(name).stem))
        ProjectReader(source, table, project if len(tables) > 1 else "", zone).read()
    check_count(source.tasks)
    return source


class ProjectReader:
    """Makes tasks of the rows of one project."""

    def __init__(self, source: Source, table: Table, project: str, zone: tzinfo) -> None:
        self.source, self.table, self.project, self.zone = source, table, project, zone
        self._section = ""
        self._line: list[SourceTask] = []
        self._repeated: Counter[str] = Counter()

    def read(self) -> None:
        """Add all tasks to the source: those below others are their sub-tasks, notes are comments."""
        for row in self.table.rows:
            cells = dict(zip(self.table.header, row, strict=True))
            kind, content = cells["TYPE"].lower(), cells["CONTENT"]
            if kind == "section" and content:
                self._section, self._line = content, []
                self.source.columns.setdefault(content, guess_status(content))
            elif kind == "task" and content:
                self._add_task(cells)
            elif kind == "note" and content and self._line:
                author = PERSON_ID.sub("", cells.get("AUTHOR", ""))
                task = self._line[-1]
                task.comments = [*task.comments, SourceComment(author, cells.get("DATE", ""), content)]

    def _add_task(self, cells: dict[str, str]) -> None:
        content = cells["CONTENT"].removeprefix("* ")
        indent = cells.get("INDENT", "")
        depth = max(int(indent) - 1, 0) if indent.isdecimal() else 0
        del self._line[depth:]
        parent = self._line[-1].external_id if self._line else ""
        start, due, words = self._read_dates(cells)
        labels = LABEL.findall(content) + ([self.project] if self.project else [])
        priority = cells.get("PRIORITY", "")
        task = SourceTask(
            external_id=self._derive_id(content, parent),
            title=" ".join(LABEL.sub("", content).split()) or content,
            description="\n\n".join(filter(None, (cells.get("DESCRIPTION", ""), words))),
            column=self._section,
            # 1 is the most urgent, and 4 none.
            priority={"1": 4, "2": 3, "3": 2}.get(priority, 0),
            labels=labels,
            people=[(name,)] if (name := PERSON_ID.sub("", cells.get("RESPONSIBLE", ""))) else [],
            start=start,
            due=due,
            estimate=_read_duration(cells),
            parent=parent,
        )
        self.source.tasks.append(task)
        self._line.append(task)

    def _read_dates(self, cells: dict[str, str]) -> tuple[date | datetime | None, date | datetime | None, str]:
        """Return start and due date; and in words what is no date, as “every day” is."""
        words, deadline = cells.get("DATE", ""), cells.get("DEADLINE", "")
        planned = parse_day(words, order="day", zone=self.zone) if words else None
        due = parse_day(deadline, order="day", zone=self.zone) if deadline else None
        if words and planned is None:
            self.source.notes.add("date_in_words", words)
        kept = f"{_('Date')}: {words}" if words and planned is None else ""
        return (planned, due, kept) if due else (None, planned, kept)

    def _derive_id(self, content: str, parent: str) -> str:
        """Return what a task is found again by: a table of Todoist has no ids."""
        digest = hashlib.sha256("\x1f".join((self.project, self._section, parent, content)).encode()).hexdigest()[:24]
        self._repeated[digest] += 1
        return f"todoist:{digest}:{self._repeated[digest]}"


def _read_duration(cells: dict[str, str]) -> int | None:
    duration, unit = cells.get("DURATION", ""), cells.get("DURATION_UNIT", "").lower()
    return int(duration) * UNITS[unit] if duration.isdecimal() and len(duration) < 7 and unit in UNITS else None
