"""Collect what an import can't take over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

MAX_EXAMPLES, MAX_EXAMPLE = 5, 80
FILE_GONE, REFUSED, BROKEN = "file_gone", "refused", "broken"
# What goes wrong whatever the format.
TEXTS = {
    FILE_GONE: _("The file is there no longer: upload it again."),
    REFUSED: _("The import was stopped."),
    BROKEN: _("Something went wrong on our side. Try again; what is imported already is not imported twice."),
}


class Notes:
    """What can't be taken over as it is: how often, and the first different examples, by a code for each reason."""

    def __init__(self, stored: Mapping[str, Any] | None = None) -> None:
        self._notes: dict[str, dict[str, Any]] = {code: dict(note) for code, note in (stored or {}).items()}

    def add(self, code: str, example: str = "", *, count: int = 1) -> None:
        """Count something that is lost or changed."""
        note = self._notes.setdefault(code, {"count": 0, "examples": []})
        note["count"] += count
        shown = " ".join(example.split())[:MAX_EXAMPLE]
        if shown and len(note["examples"]) < MAX_EXAMPLES and shown not in note["examples"]:
            note["examples"] = [*note["examples"], shown]

    def to_json(self) -> dict[str, Any]:
        """Return the notes as a report has them."""
        return {code: dict(note) for code, note in self._notes.items()}
