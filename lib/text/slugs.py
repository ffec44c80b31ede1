"""Make handles and slugs from names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_HANDLE = 40


# A suggested name may be taken by somebody of the same name a moment before us. Then the next one is tried.
ATTEMPTS = 10


# Letters that Unicode doesn't take apart into a plain one and a mark.
PLAIN = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d"}
    | {"ł": "l", "Ł": "l", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h", "ı": "i"}
)


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
