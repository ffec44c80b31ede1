"""Build the page of an import: what its columns mean, how far it is, and its report."""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from assets.storage import local_file
from chat.imports.schemas import list_notes
from chat.models import Import
from tasks.imports.forms import COLUMN
from tasks.imports.readers.csv_headers import guess_mapping
from tasks.imports.readers.csv_table import Table, read_table
from tasks.imports.readers.csv_tasks import guess_order
from tasks.imports.values import has_ambiguous_dates

SAMPLES = 3
# What the page says where a file is chosen.
UPLOAD = {
    "accepted": ".csv,.tsv,.txt,.json,.zip",
    "sources": [
        (_("Any table"), _("CSV from a spreadsheet, from Jira, Linear, Asana, or from another Atrium.")),
        ("Trello", _("The board as JSON or CSV: Share, then Print, export and share.")),
        ("Todoist", _("A project as CSV, or a backup as a zip file.")),
        ("Vikunja", _("The zip file that the settings of Vikunja export.")),
    ],
}
FIELD_NAMES = {
    "": _("Leave out"),
    "title": _("Title"),
    "description": _("Description"),
    "column": _("Column"),
    "status": _("Status"),
    "priority": _("Priority"),
    "labels": _("Labels"),
    "assignees": _("Assignees"),
    "start": _("Start date"),
    "due": _("Due date"),
    "estimate_hours": _("Estimate, in hours"),
    "estimate_seconds": _("Estimate, in seconds"),
    "spent_hours": _("Time spent, in hours"),
    "spent_seconds": _("Time spent, in seconds"),
    "parent": _("Parent task"),
    "id": _("Id in the other system"),
    "key": _("Another name of it"),
    "completed": _("Completed"),
    "archived": _("Archived"),
    "comments": _("Comments"),
    "links": _("Links to attachments"),
}
COUNT_NAMES = {
    "created": ngettext_lazy("%(count)d new task", "%(count)d new tasks", "count"),
    "updated": ngettext_lazy(
        "%(count)d task that is here already, brought up to date",
        "%(count)d tasks that are here already, brought up to date",
        "count",
    ),
    "existing": ngettext_lazy(
        "%(count)d task that is here already, left as it is",
        "%(count)d tasks that are here already, left as they are",
        "count",
    ),
    "restored": ngettext_lazy(
        "%(count)d task that was deleted here, restored", "%(count)d tasks that were deleted here, restored", "count"
    ),
    "columns": ngettext_lazy("%(count)d new column", "%(count)d new columns", "count"),
    "labels": ngettext_lazy("%(count)d new label", "%(count)d new labels", "count"),
    "failed": ngettext_lazy(
        "%(count)d task that could not be stored", "%(count)d tasks that could not be stored", "count"
    ),
}


class TableColumn(NamedTuple):
    """A column of a table on the screen where its meaning is chosen."""

    field_name: str
    name: str
    samples: list[str]
    meaning: str


def load_import(*, user: User, import_id: Any, project_id: Any) -> Import:
    """Return an import of a user into a project. Raise Import.DoesNotExist."""
    rows = Import.objects.visible_to(user).select_related("asset__blob")
    imported: Import = rows.get(pk=import_id, room=project_id)
    return imported


def load_table(imported: Import) -> Table | None:
    """Return the table of an import whose file is there; None for other formats."""
    if imported.kind != "csv" or imported.asset is None:
        return None
    try:
        with local_file(imported.asset.blob.path) as path:
            return read_table(path)
    except FileNotFoundError:
        return None


def describe_import(imported: Import) -> dict[str, Any]:
    """Return what shows how far an import is, and its report."""
    counts = imported.report.get("counts", {})
    lines = [words % {"count": counts[name]} for name, words in COUNT_NAMES.items() if counts.get(name)]
    return {
        "imported": imported,
        "lines": lines,
        "notes": list_notes(imported),
        "may_run": imported.asset is not None and not imported.is_under_way,
    }


def describe_columns(imported: Import, table: Table, chosen: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what shows the columns of a table, each with its first cells and what it means, or seems to."""
    given = chosen if chosen is not None else imported.options.get("mapping")
    mapping = guess_mapping(table.names) if given is None else given
    columns = [
        TableColumn(f"{COLUMN}{index}", name, list(islice(table.list_cells(name), SAMPLES)), mapping.get(name, ""))
        for index, name in enumerate(table.names)
    ]
    dates = [cell for name, field in mapping.items() if field in ("start", "due") for cell in table.list_cells(name)]
    order = guess_order(table, mapping)  # type: ignore[arg-type]  # unknown meanings are none of dates
    return {
        "columns": columns,
        "meanings": list(FIELD_NAMES.items()),
        "row_count": len(table.rows),
        "asks_order": order is None and has_ambiguous_dates(dates),
    }
