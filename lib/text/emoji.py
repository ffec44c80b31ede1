"""Recognise emoji and normalise their spelling."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# Some emoji are typed with or without this variation selector; only with it they are drawn in colour everywhere.
EMOJI_PRESENTATION = "\N{VARIATION SELECTOR-16}"


def normalize_emoji(text: str) -> str | None:
    """Return the fully qualified spelling (Unicode TS #51) of a text that is one emoji; None for any other text."""
    return _load_spellings().get(text.replace(EMOJI_PRESENTATION, ""))


@cache
def _load_spellings() -> Mapping[str, str]:
    # The table takes a moment and 5 MB: loaded with the first reaction, not when the server starts.
    from emoji import EMOJI_DATA, STATUS

    recommended = STATUS["fully_qualified"]
    return {
        emoji.replace(EMOJI_PRESENTATION, ""): emoji
        for emoji, data in EMOJI_DATA.items()
        if data["status"] == recommended
    }
