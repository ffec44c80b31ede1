"""Write the text of a file so that a search finds its words, however the file has them."""

from __future__ import annotations

import re

from lib.media.kinds import Kind

SOFT_HYPHEN = "\u00ad"
# Letters and their marks. Numbers run from left to right.
ARABIC_WORD = re.compile(
    "[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+"
)
ARTICLE = "\u0627\u0644"


def write_search_text(text: str, kind: str) -> str:
    """Return a text, and behind it again the lines whose words a file may have otherwise than readers see them.

    Where the end of a line divides a word, a hyphen may be part of it. PDFs that Chromium has printed give the letters
    of most Arabic words in reverse, those of words with an article here and there not (measured with pypdfium2 5.15.2).
    """
    lines = text.split("\n")
    again = [line.replace(SOFT_HYPHEN, "-") for line in lines if SOFT_HYPHEN in line]
    if kind == Kind.PDF:
        arabic = [line for line in lines if ARABIC_WORD.search(line)]
        again += [ARABIC_WORD.sub(_reverse_word, line) for line in arabic]
        again += [ARABIC_WORD.sub(_reverse_bare_word, line) for line in arabic if ARTICLE in line]
    return "\n".join([*lines, *again])


def _reverse_word(match: re.Match[str]) -> str:
    return match[0][::-1]


def _reverse_bare_word(match: re.Match[str]) -> str:
    """Return a word in reverse, one with an article as it stands."""
    return match[0] if match[0].startswith(ARTICLE) and len(match[0]) > len(ARTICLE) else match[0][::-1]
