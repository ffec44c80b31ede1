"""Recognise emoji and normalise their spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

# Some emoji are typed with or without this variation selector; only with it they are drawn in colour everywhere.
EMOJI_PRESENTATION = "\N{VARIATION SELECTOR-16}"

# What is drawn in colour by itself, and what is so only before the selector (© or ☺, and the digits of keycaps).
_COLOURED = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd"
    "\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755"
    "\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7f0\U0001f900-\U0001faff"
)
_part = rf"(?:[{_COLOURED}]\ufe0f?|[^\x00-\x7f]\ufe0f|[\u2600-\u27bf])[\U0001f3fb-\U0001f3ff]?"
_emoji = (
    rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_part}(?:[\U000e0020-\U000e007f]+|(?:\u200d{_part})*))"
)
# A few emoji and nothing else.
EMOJI_ONLY = re.compile(rf"{_emoji}(?:[ ]*{_emoji}){{0,8}}")


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
