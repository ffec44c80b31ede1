"""Write texts so that a database finds every piece of them by groups of three characters, in any script.

A trigram index knows no term of one or two characters. So each letter of a script that is written without spaces gets
two fillers behind it, which makes a trigram of it, and a space stands before every word, which makes one of the first
two letters of a word. Texts and terms are written by the same rules: a term is found where it is a part of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from lib.text.folding import UNSEEN, fold_text

# Letters, so that PostgreSQL indexes them, of two bytes, that hardly any text uses: from the click consonants.
FILLER = "\u01c0\u01c1"
# What a text has, as a term of its own that no user can type.
LINK = "\u01c2\u01c3\u01c3"
CODE = "\u01c3\u01c2\u01c2"
FILE = "\u01c2\u01c2\u01c3"
IMAGE = "\u01c3\u01c3\u01c2"
VIDEO = "\u01c2\u01c3\u01c2"
AUDIO = "\u01c3\u01c2\u01c3"
PDF = "\u01c2\u01c2\u01c2"

# Thai, Lao, Burmese, Hangul, Khmer, kana and Han.
WIDE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u318f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
PUNCTUATION = r"!-/:-@\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u2010-\u205e\u3001-\u3004\u3008-\u3020\u3030"

# In this order: an emphasis in Markdown is no part of its words, and the next rules don't see it. What is inserted
# stands behind what it is inserted for: a replacement that repeats a group would take three times as long.
ASCII_RULES = (
    (re.compile("[*`~\u0000\u01c0-\u01c3]+"), ""),
    (re.compile(r"[^\S ]\s*| \s+"), " "),
    (re.compile(rf"(?<=[{PUNCTUATION}])(?=[^\s{PUNCTUATION}])"), " "),
)
# Phones and word processors write quotation marks that are on no keyboard.
RULES = (
    (re.compile("[\u2018\u2019\u02bc]"), "'"),
    (re.compile("[\u201c-\u201e\u00ab\u00bb]"), '"'),
    *ASCII_RULES,
    (re.compile(f"(?<=[{WIDE}])"), FILLER),
)
IS_WIDE = re.compile(f"[{WIDE}]")
IS_PUNCTUATION = re.compile(f"[{PUNCTUATION}]")


def build_search_text(text: str) -> str:
    """Return what a text is found in: a space, then its folded words."""
    return " " + build_search_term(text)


def build_search_term(text: str) -> str:
    """Return what to look for in search texts to find a term; empty where nothing of it can be found."""
    term = fold_text(text)
    for pattern, replacement in ASCII_RULES if term.isascii() else RULES:
        term = pattern.sub(replacement, term)
    return term.strip(" ")


def begins_with_narrow_letter(term: str) -> bool:
    """Tell whether a term begins with a letter or digit of a script with spaces: whether it can begin a word."""
    return bool(term) and not IS_WIDE.match(term) and not IS_PUNCTUATION.match(term)


class Traced(NamedTuple):
    """A search text and, for each character of it, from where to where it stands in the original."""

    text: str
    spans: Sequence[tuple[int, int]]


def trace_search_text(original: str) -> Traced:
    """Return the search text of a text character by character, to find matches in the original.

    A ligature or a decomposed letter counts as a whole. A text that folds otherwise as a whole than letter by letter
    (there are such in halfwidth Korean) is traced to places near by.
    """
    text, spans = _fold_each(original)
    for pattern, replacement in RULES:
        text, spans = _replace_each(pattern, replacement, text, spans)
    begin = len(text) - len(text.lstrip(" "))
    text, spans = text.strip(" "), spans[begin : begin + len(text.strip(" "))]
    return Traced(" " + text, [(0, 0), *spans])


def _fold_each(original: str) -> tuple[str, list[tuple[int, int]]]:
    """Fold letters with the marks behind them one by one."""
    if original.isascii():
        return original.lower(), [(place, place + 1) for place in range(len(original))]
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(original) + 1):
        if end < len(original) and _continues_letter(original[end]):
            continue
        folded = fold_text(original[start:end])
        pieces.append(folded)
        spans += [(start, end)] * len(folded)
        start = end
    return "".join(pieces), spans


def _continues_letter(character: str) -> bool:
    is_voicing = character in "\uff9e\uff9f"  # of halfwidth kana: combining in all but name
    return is_voicing or unicodedata.combining(character) != 0 or UNSEEN.match(character) is not None


def _replace_each(
    pattern: re.Pattern[str], replacement: str, text: str, spans: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """Do what `pattern.sub` does, and give what is new the span of what it stands for, or of what it follows."""
    pieces: list[str] = []
    kept: list[tuple[int, int]] = []
    last = 0
    for match in pattern.finditer(text):
        begin, end = match.span()
        pieces += [text[last:begin], replacement]
        kept += spans[last:begin]
        kept += [spans[begin if begin < end else begin - 1]] * len(replacement)
        last = end
    return "".join([*pieces, text[last:]]), [*kept, *spans[last:]]
