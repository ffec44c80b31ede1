"""Know the emoji by the names that are typed between colons. `manage.py build_emoji` makes the table."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import orjson

TABLE = Path(__file__).with_name("emoji_names.json")


class EmojiNames(NamedTuple):
    """Emoji by name, and the five tones of skin of those that have them, from light to dark."""

    names: dict[str, str]
    tones: dict[str, list[str]]


def find_named_emoji(name: str, tone: int = 0) -> str | None:
    """Return the emoji of a lower-case name, in a tone of skin from 1 to 5 where it has tones; None for no name."""
    table = _load_table()
    emoji = table.names.get(name)
    return table.tones[emoji][tone - 1] if emoji and tone and emoji in table.tones else emoji


@cache
def _load_table() -> EmojiNames:
    # It takes a few milliseconds and half a megabyte: loaded with the first name, not when the server starts.
    return EmojiNames(**orjson.loads(TABLE.read_bytes()))
