"""Make handles and slugs from names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import IntegrityError

T = TypeVar("T")

MAX_HANDLE = 40

# A concurrent sign-up of the same name may take the chosen handle first. Then the next one is tried.
MAX_HANDLE_ATTEMPTS = 10

# Letters that Unicode does not decompose into an ASCII letter and a mark.
TRANSLITERATIONS = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d"}
    | {"ł": "l", "Ł": "l", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h", "ı": "i"}
)


def make_handle(text: str, *, keep: str = "", fallback: str) -> str:
    """Make a handle of lower-case letters, digits and the characters of `keep`, joined by dashes, of 40 at most.

    `Åsa Løken` becomes `asa-loken`; a text without any of these becomes `fallback`.
    """
    plain = unicodedata.normalize("NFKD", text.translate(TRANSLITERATIONS)).encode("ascii", "ignore").decode().lower()
    handle = re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", plain)[:MAX_HANDLE].strip(f"-{keep}")
    return handle or fallback


def pick_free_handle(handle: str, taken: Iterable[str]) -> str:
    """Return `handle`, or `handle-2`, `handle-3` … when it is taken."""
    taken = set(taken)
    number, candidate = 1, handle
    while candidate in taken:
        number += 1
        suffix = f"-{number}"
        candidate = handle[: MAX_HANDLE - len(suffix)].rstrip("-._") + suffix
    return candidate


class HandleTaken(Exception):
    """The chosen handle is taken, or each one that was suggested was taken meanwhile."""


def store_with_free_handle(
    store: Callable[[str], T], *, chosen: str | None, suggest: Callable[[], str], is_taken: Callable[[str], bool]
) -> T:
    """Return `store(handle)` with the chosen handle, else with the first suggested one that is still free.

    `store` raises IntegrityError for a handle that is taken, which becomes `HandleTaken`, and for any other conflict.
    """
    handle = ""
    for _attempt in range(1 if chosen else MAX_HANDLE_ATTEMPTS):
        handle = chosen or suggest()
        try:
            return store(handle)
        except IntegrityError:
            if not is_taken(handle):
                raise
    raise HandleTaken(handle)
