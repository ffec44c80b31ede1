"""Parse what browsers send about imports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.web.forms import ServiceForm

# Before the place of a column among those of the table: names may be anything.
COLUMN = "column-"
ORDERS = [("day", _("Day first: 31/12/2026")), ("month", _("Month first: 12/31/2026"))]


class UploadForm(ServiceForm):
    """A file to import."""

    file = forms.FileField(error_messages={"required": _("Choose a file.")})


class ImportForm(ServiceForm):
    """How a file is imported, and whether it is for a trial."""

    date_order = forms.ChoiceField(choices=ORDERS, required=False)
    updates = forms.BooleanField(required=False)
    is_dry_run = forms.BooleanField(required=False)
    mapping = forms.JSONField(required=False)  # for what is wrong with it

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_dry_run = given.pop("is_dry_run", False)
        return {"options": {**given, "date_order": given.get("date_order") or None}, "is_dry_run": is_dry_run}


def read_mapping(data: Any, names: list[str]) -> dict[str, str]:
    """Return what each column of a table is said to mean; columns that are left out have an empty meaning."""
    return {name: str(data.get(f"{COLUMN}{index}", "")) for index, name in enumerate(names)}
