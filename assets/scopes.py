"""Name the scopes of personal tokens for files."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.scopes import Area

WRITE_FILES = "files:write"

AREAS = (
    Area(
        "files",
        gettext_noop("Files"),
        frozenset({"files"}),
        {
            "read": gettext_noop("See and download files"),
            "write": gettext_noop("Upload, rename and delete files"),
        },
    ),
)
