"""Remove invisible characters, which make a name look like another or reverse the text beside it.

Some that join or vary their neighbours are needed: Persian has zero-width non-joiners inside of words, families of
emoji are joined, and a heart is red by a variation selector. Those stay where their neighbours can be changed by them.
"""

from __future__ import annotations

import re
import unicodedata

NON_JOINER, JOINER = "\u200c", "\u200d"
VARIATION = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
KEYCAP = "\u20e3"
# These take the room of a letter and show nothing.
BLANKS = str.maketrans(dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0\U0001d159", " "))
# Marks that show nothing by themselves or at all.
UNSEEN_MARKS = frozenset("\u034f\u17b4\u17b5\u180e")
# Blocks to which emoji and Han characters are added that this Python does not know yet.
TO_BE_ASSIGNED = re.compile("[\U0001f000-\U0001faff\U00020000-\U0003fffd]")
# Arabic and Syriac signs that stand around numbers: "format" characters by name only.
SEEN_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# The flags of England, Scotland and Wales are spelt out in unseen letters behind a black one.
SPELT_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f")


def strip_invisible(text: str) -> str:
    """Return the text without direction overrides, zero-width characters and others that show nothing."""
    text = text.translate(BLANKS)
    flags = {at for flag in SPELT_FLAG.finditer(text) for at in range(*flag.span())}
    visible: list[str] = []
    for at, character in enumerate(text):
        before, after = (visible[-1] if visible else ""), text[at + 1 : at + 2]
        if at in flags or _is_shown(character) or _changes_neighbours(character, before, after):
            visible.append(character)
    return "".join(visible)


def is_visible(text: str) -> bool:
    """Tell whether a text has a letter, a digit or a sign."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def _is_shown(character: str) -> bool:
    if character in SEEN_SIGNS:
        return True
    category = unicodedata.category(character)
    if category == "Cn":
        return bool(TO_BE_ASSIGNED.match(character))
    return category != "Cf" and character not in UNSEEN_MARKS and not VARIATION.match(character)


def _changes_neighbours(character: str, before: str, after: str) -> bool:
    """Tell whether an invisible character changes how its neighbours look."""
    if character in (JOINER, NON_JOINER):
        return (_is_joined(before) and _is_joined(after)) or (_is_emoji(before) and _is_emoji(after))
    return bool(VARIATION.match(character)) and (_is_varied(before) or after == KEYCAP)


def _is_joined(character: str) -> bool:
    """Tell whether a letter belongs to a script with joined letters: from Arabic through India to Mongolia."""
    return "\u0600" <= character < "\u2000" and unicodedata.category(character) in ("Lo", "Mn", "Mc")


def _is_emoji(character: str) -> bool:
    return bool(VARIATION.match(character)) or _get_category(character) in ("So", "Sm", "Sk")


def _is_varied(character: str) -> bool:
    """Tell whether a character has variants: emoji have two, Han characters in names many."""
    return _get_category(character) in ("So", "Sm", "Sk", "Lo")


def _get_category(character: str) -> str:
    return unicodedata.category(character) if character else ""
