"""Guess what the columns of a table mean, by the names that other systems give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from lib.text.folding import fold_text

Field = Literal[
    "title",
    "description",
    "column",
    "status",
    "priority",
    "labels",
    "assignees",
    "start",
    "due",
    "estimate_hours",
    "estimate_seconds",
    "spent_hours",
    "spent_seconds",
    "parent",
    "id",
    "key",
    "completed",
    "archived",
    "comments",
    "links",
]
FIELDS: tuple[Field, ...] = get_args(Field)
# Of these the first that a table has is meant, and no other; of the rest all are.
SINGLE: tuple[Field, ...] = ("title", "column", "id", "start", "due", "priority", "parent")

# Folded as `fold_text` does; the surest first.
HEADERS: Mapping[Field, tuple[str, ...]] = {
    "title": (
        *("card name", "task name", "issue title", "title", "summary", "name", "task", "subject", "issue"),
        *("titel", "zusammenfassung", "aufgabe", "betreff", "bezeichnung"),
    ),
    "description": ("card description", "description", "notes", "body", "details", "beschreibung", "notizen"),
    "column": (
        *("column", "list name", "section/column", "bucket", "list", "section", "stage", "status", "state"),
        *("spalte", "liste", "abschnitt", "zustand"),
    ),
    "priority": ("priority", "prioritat", "dringlichkeit"),
    "labels": ("labels", "label", "tags", "tag", "schlagworter", "etiketten", "stichworter"),
    "assignees": (
        *("assignees", "assignee", "assigned to", "members", "assignee email", "responsible"),
        *("zugewiesen", "zugewiesen an", "bearbeiter", "mitglieder", "verantwortlich"),
    ),
    "start": ("start", "start date", "begin", "startdatum", "beginn"),
    "due": ("due", "due date", "deadline", "duedate", "fallig", "fallig am", "falligkeitsdatum"),
    "estimate_seconds": ("estimate (s)", "original estimate", "ursprungliche schatzung"),
    "estimate_hours": ("estimate (h)", "estimated hours", "estimated time", "schatzung (h)"),
    "spent_seconds": ("time spent (s)", "time spent", "zeitaufwand"),
    "spent_hours": ("time spent (h)", "actual time", "zeitaufwand (h)"),
    "parent": ("parent", "parent id", "parent key", "parent task", "parent issue", "ubergeordnet"),
    "id": ("id", "card id", "task id", "issue key", "key", "external id", "issue id", "vorgangsschlussel"),
    "key": ("key", "issue id", "vorgangs-id"),
    "completed": (
        *("completed", "completed at", "due complete", "done", "date completed", "resolved"),
        *("erledigt", "abgeschlossen"),
    ),
    "archived": ("archived", "archiviert"),
    "comments": ("comment", "comments", "kommentar", "kommentare"),
    "links": (
        *("attachment links", "attachments", "attachment", "card url", "url", "link"),
        *("anhang", "anhange"),
    ),
}
KNOWN_HEADERS = frozenset(header for headers in HEADERS.values() for header in headers)
# Whose ids these are: another export of the same tasks finds them again.
ID_ORIGINS = {"card id": "trello", "issue key": "jira", "task id": "asana"}


def guess_mapping(names: Iterable[str]) -> dict[str, Field]:
    """Return what each column of a table seems to mean, by its name; what nothing is known of is left out."""
    by_folded: dict[str, str] = {}
    for name in names:
        by_folded.setdefault(fold_text(name), name)
    guessed: dict[str, Field] = {}
    for field, headers in HEADERS.items():
        found = [by_folded[header] for header in headers if header in by_folded and by_folded[header] not in guessed]
        for name in found[:1] if field in SINGLE else found:
            guessed[name] = field
    if (status := by_folded.get("status")) and guessed.get(status) is None and "column" in guessed.values():
        guessed[status] = "status"
    return guessed
