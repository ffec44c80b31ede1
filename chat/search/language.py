"""Parse what users type into the search field: words, phrases and filters, each perhaps behind a `-`."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from lib.db.trigrams import can_be_indexed
from lib.text.search_text import begins_with_narrow_letter, build_search_term

MAX_QUERY = 500
# More words make a search no more exact, only slower.
MAX_TERMS = 12

QUOTES = re.compile("[\u201c-\u201f\u00ab\u00bb\uff02]")
TOKEN = re.compile(
    r'(?P<minus>-)?(?:(?P<key>[A-Za-z]+(?:-[A-Za-z]+)?):)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]\S*))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase as search texts hold it."""

    text: str
    is_excluded: bool = False

    @property
    def as_word_start(self) -> str:
        """Return what a search text holds where a word begins with the term."""
        return f" {self.text}" if begins_with_narrow_letter(self.text) else self.text


@dataclass(frozen=True, slots=True)
class FilterUse:
    """A filter and the value it was given: `from:bob`."""

    key: str
    value: str
    is_excluded: bool = False

    def __str__(self) -> str:
        value = self.value if self.value.split() == [self.value] else f'"{self.value}"'
        return f"{'-' if self.is_excluded else ''}{self.key}:{value}"


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; `left_out` are its words beyond the first dozen."""

    terms: tuple[Term, ...]
    filters: tuple[FilterUse, ...]
    left_out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.filters

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.is_excluded]


def parse_query(text: str, keys: Container[str]) -> Query:
    """Parse any text. `keys` are the filters there are: another word with a colon is a word."""
    terms: list[Term] = []
    filters: list[FilterUse] = []
    left_out: list[str] = []
    for match in TOKEN.finditer(clean_query(text)):
        key = (match["key"] or "").lower()
        value = match["word"] if match["phrase"] is None else match["phrase"].strip()
        if key in keys:
            filters += [FilterUse(key, value, bool(match["minus"]))] if value else []
            continue
        if value.endswith(":") and value[:-1].lower() in keys:  # about to be typed on
            continue
        term = build_search_term(f"{match['key']}:{value}" if key else value)
        if len(terms) < MAX_TERMS:
            terms += [Term(term, bool(match["minus"]))] if term else []
        else:
            left_out.append(match[0])
    return Query(tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(filters)), tuple(left_out))


def find_file_piece(value: str) -> str | None:
    """Return what the search texts of files hold for a word or phrase; None for what no index knows.

    Two letters have to begin a word there: files are too long to be read for pieces of words that small.
    """
    term = Term(build_search_term(value))
    return next((piece for piece in (term.text, term.as_word_start) if can_be_indexed(piece)), None)


def clean_query(text: str) -> str:
    """Return the beginning of a text without what no database takes: NUL and halves of characters."""
    text = text[:MAX_QUERY].replace("\0", " ").encode("utf-8", "ignore").decode()
    return QUOTES.sub('"', text)
