"""Fold texts, so that they are compared without case, accents and other differences of spelling.

SQLite folds ASCII alone and PostgreSQL by its locale: what is searched or unique is folded here, and stored so.
"""

from __future__ import annotations

import re
import unicodedata

from lib.text.slugs import TRANSLITERATIONS

# Compatibility forms unfold to up to 18 characters. PostgreSQL indexes keys of 2,700 bytes at most.
MAX_FOLDED = 320

# Combining marks of Latin, Greek, Hebrew and Arabic. Indic vowels and the voicing marks of kana make other letters, and
# so do the breve and the two dots of three Cyrillic ones. The class stands first: a search for one takes a third of the
# time of one for several patterns.
MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u06ea-\u06ed](?<![иу]\u0306)(?<!і\u0308)"
)
# Joiners, soft hyphens and variation selectors are typed or left out at will.
UNSEEN = re.compile("[\u00ad\u034f\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
# Few texts have any: to look each letter up takes four times as long.
TRANSLITERATED = re.compile(f"[{''.join(map(chr, TRANSLITERATIONS))}]")


def normalize_text(text: str) -> str:
    """Return the text in the one Unicode form (NFC) in which all texts are stored and looked up."""
    return unicodedata.normalize("NFC", text)


def fold_text(text: str) -> str:
    """Return what a text is found by: `Ärzte`, `arzte` and `ＡＲＺＴＥ` fold alike, `ŁÓDŹ` and `lodz` too."""
    if text.isascii():
        return text.lower()
    compatible = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold()
    bare = MARKS.sub("", unicodedata.normalize("NFD", compatible))
    return TRANSLITERATED.sub(_replace_letter, unicodedata.normalize("NFC", bare))


def _replace_letter(match: re.Match[str]) -> str:
    return str(match[0].translate(TRANSLITERATIONS))
