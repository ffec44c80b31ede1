"""Which texts are an emoji, and the one spelling of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# Some emoji are typed with or without it; only with it they are sure to be drawn in colour.
DRAWN_IN_COLOUR = "\N{VARIATION SELECTOR-16}"


def spelled(text: str) -> str | None:
    """The emoji that a text is, spelled as Unicode recommends; nothing for any other text, or for several."""
    return _spellings().get(text.replace(DRAWN_IN_COLOUR, ""))


@cache
def _spellings() -> Mapping[str, str]:
    # The table takes a moment and 5 MB: had when somebody first reacts, not when the server starts.
    from emoji import EMOJI_DATA, STATUS

    recommended = STATUS["fully_qualified"]
    return {
        emoji.replace(DRAWN_IN_COLOUR, ""): emoji
        for emoji, known in EMOJI_DATA.items()
        if known["status"] == recommended
    }
