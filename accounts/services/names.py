"""Names that people choose, and the handles made from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.services.invisible import is_visible, without_invisible

MAX_NAME = 80
MAX_HANDLE = 40
# A suggested name may be taken by somebody of the same name a moment before us. Then the next one is tried.
ATTEMPTS = 10
# Letters that Unicode doesn't take apart into a plain one and a mark.
PLAIN = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d"}
    | {"ł": "l", "Ł": "l", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h", "ı": "i"}
)


def clean_name(text: str, *, field: str = "name") -> str:
    """The name as it is seen: in one line, without outer or doubled spaces and what only disguises it.

    Refused when nothing, too much or unprintable is left.
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
    """The same for what may be empty or longer, such as a topic."""
    line = " ".join(without_invisible(text).split())
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in line):
        raise ValidationError({field: _("Control characters can't be part of this.")})
    return line


def handle_from(text: str, *, keep: str = "", fallback: str) -> str:
    """Small letters, digits and what `keep` lists, joined by dashes: `Åsa Løken` becomes `asa-loken`."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN)).encode("ascii", "ignore").decode().lower()
    handle = re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", plain)[:MAX_HANDLE].strip(f"-{keep}")
    return handle or fallback


def first_free(handle: str, taken: Iterable[str]) -> str:
    """`handle`, or `handle-2`, `handle-3` … when it is taken."""
    known = set(taken)
    number, candidate = 1, handle
    while candidate in known:
        number += 1
        suffix = f"-{number}"
        candidate = handle[: MAX_HANDLE - len(suffix)].rstrip("-._") + suffix
    return candidate
