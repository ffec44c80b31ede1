"""Characters that nobody sees. In a name they only make it look like another one, or turn round what stands beside it.

Some that join or vary their neighbours are needed: Persian has one inside of words, families of emoji are joined by
one, and a heart is red by one. Those stay where they have something to work on.
"""

from __future__ import annotations

import re
import unicodedata

NON_JOINER, JOINER = "\u200c", "\u200d"
VARIATION = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
KEYCAP = "\u20e3"
# They take the room of a letter and show nothing.
BLANKS = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0\U0001d159", " "))
# Marks that show nothing by themselves or at all.
UNSEEN_MARKS = frozenset("\u034f\u17b4\u17b5\u180e")
# Where emoji and Han characters are added that this Python doesn't know of yet.
TO_BE_ASSIGNED = re.compile("[\U0001f000-\U0001faff\U00020000-\U0003fffd]")
# Arabic and Syriac signs that stand around numbers: "format" characters by name only.
SEEN_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# The flags of England, Scotland and Wales are spelt out in unseen letters behind a black one.
SPELT_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f")


def without_invisible(text: str) -> str:
    """The text without direction overrides, zero-width characters and others that show nothing."""
    text = text.translate(BLANKS)
    flags = {at for flag in SPELT_FLAG.finditer(text) for at in range(*flag.span())}
    kept: list[str] = []
    for at, character in enumerate(text):
        before, after = (kept[-1] if kept else ""), text[at + 1 : at + 2]
        if at in flags or _shows(character) or _works(character, before, after):
            kept.append(character)
    return "".join(kept)


def is_visible(text: str) -> bool:
    """Whether there is anything to see: a letter, a digit, a sign."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def _shows(character: str) -> bool:
    if character in SEEN_SIGNS:
        return True
    category = unicodedata.category(character)
    if category == "Cn":
        return bool(TO_BE_ASSIGNED.match(character))
    return category != "Cf" and character not in UNSEEN_MARKS and not VARIATION.match(character)


def _works(character: str, before: str, after: str) -> bool:
    """Whether something that is unseen itself changes how its neighbours look."""
    if character in (JOINER, NON_JOINER):
        return (_is_joined(before) and _is_joined(after)) or (_is_emoji(before) and _is_emoji(after))
    return bool(VARIATION.match(character)) and (_is_varied(before) or after == KEYCAP)


def _is_joined(character: str) -> bool:
    """Of a script whose letters change shape beside each other: from Arabic through India to Mongolia."""
    return "\u0600" <= character < "\u2000" and unicodedata.category(character) in ("Lo", "Mn", "Mc")


def _is_emoji(character: str) -> bool:
    return bool(VARIATION.match(character)) or _category(character) in ("So", "Sm", "Sk")


def _is_varied(character: str) -> bool:
    """Emoji have two looks, and Han characters many: people write their names with one of them."""
    return _category(character) in ("So", "Sm", "Sk", "Lo")


def _category(character: str) -> str:
    return unicodedata.category(character) if character else ""
