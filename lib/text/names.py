"""Clean and validate the names of users, rooms and organisations."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lib.text.folding import normalize_text
from lib.text.invisible import is_visible, strip_invisible

MAX_NAME = 80


def clean_name(text: str, *, field: str = "name") -> str:
    """Return a name in one line and one Unicode form, without outer or doubled spaces and invisible characters.

    Raise `ValidationError` for `field` when nothing visible, more than 80 characters or a control character is left.
    """
    name = clean_line(text, field=field)
    if not name:
        raise ValidationError({field: _("This can't be empty.")})
    if len(name) > MAX_NAME:
        raise ValidationError({field: format_lazy(_("At most {count} characters."), count=MAX_NAME)})
    if not is_visible(name):
        raise ValidationError({field: _("Nobody could see that.")})
    return name


def clean_line(text: str, *, field: str) -> str:
    """Clean a line that may be empty or longer than a name, such as a topic, as `clean_name` does."""
    line = " ".join(normalize_text(strip_invisible(text)).split())
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in line):
        raise ValidationError({field: _("Control characters can't be part of this.")})
    return line
