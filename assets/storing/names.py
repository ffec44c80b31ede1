"""Clean the names that files have where they come from."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assets.models import MAX_ALT_TEXT, MAX_FILE_NAME
from lib.text.folding import normalize_text
from lib.text.invisible import is_visible, strip_invisible
from lib.text.names import clean_line

# The longest ending that a name keeps when it is cut.
MAX_SUFFIX = 20
FALLBACK = "file"
SEPARATORS = re.compile(r"[/\\]")


def clean_file_name(name: str) -> str:
    """Return the last part of a path in one line and one Unicode form, at most 255 characters long.

    Control characters, those that reverse the text and others that nobody sees are gone; a long name keeps its ending.
    What holds nothing else becomes `file`.
    """
    last = SEPARATORS.split(name)[-1]
    printable = "".join(each for each in last if unicodedata.category(each) not in ("Cc", "Cs") or each in "\t\n")
    line = " ".join(normalize_text(strip_invisible(printable)).split())
    if not is_visible(line) or not line.strip("."):
        return FALLBACK
    return _shorten_name(line)


def clean_alt_text(text: str) -> str:
    """Return an alternative text in one line. Raise ValidationError for one over 1000 characters."""
    line = clean_line(text, field="alt_text")
    if len(line) > MAX_ALT_TEXT:
        raise ValidationError({"alt_text": format_lazy(_("At most {count} characters."), count=MAX_ALT_TEXT)})
    return line


def _shorten_name(name: str) -> str:
    if len(name) <= MAX_FILE_NAME:
        return name
    suffix = PurePosixPath(name).suffix
    if len(suffix) > MAX_SUFFIX:
        suffix = ""
    return name[: MAX_FILE_NAME - len(suffix)].rstrip() + suffix
