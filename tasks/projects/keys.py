"""Suggest keys of projects, which stand before the numbers of tasks: `HL` for Harbour Light, `ATR` for Atrium."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count

from lib.text.slugs import make_handle
from tasks.models import MAX_KEY

# Of the letters of a word, and of the first letters of several.
SUGGESTED = 3
# For names without Latin letters.
FALLBACK = "P"


def suggest_key(name: str, taken: Collection[str]) -> str:
    """Return a key made of a name that is not taken: the first letters of its words, or those of its only word."""
    return next(key for key in _iterate_keys(_shorten_name(name)) if key not in taken)


def _shorten_name(name: str) -> str:
    words = [word.lstrip("0123456789") for word in make_handle(name, fallback="").upper().split("-")]
    words = [word for word in words if word]
    letters = words[0] if len(words) == 1 else "".join(word[0] for word in words)
    return letters[:SUGGESTED] or FALLBACK


def _iterate_keys(letters: str) -> Iterator[str]:
    if len(letters) > 1:
        yield letters
    for number in count(2 if len(letters) > 1 else 1):
        yield letters[: MAX_KEY - len(str(number))] + str(number)
