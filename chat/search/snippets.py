"""Cut from a message the part that was found, with the matches marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from lib.text.search_text import build_search_text, trace_search_text

# Characters before the first match, and in all.
BEFORE, LENGTH = 60, 240
# Of a longer message only what is around the first match is traced letter by letter.
TRACED = 1_500
# Of passages: more than what stands before a match, and than most phrases.
OVERLAP = 500

# What search texts ignore is not shown either: `**tide** window` reads as it was found.
EMPHASIS = re.compile("[*`~]+")


class Part(NamedTuple):
    """A piece of a snippet, and whether it is a match."""

    text: str
    is_match: bool


def cut_snippet(content: str, search_text: str, terms: Sequence[str]) -> list[Part]:
    """Return the part of a message around the first match of any term, else its beginning, in pieces."""
    cut = _cut_around(content, search_text, terms)
    traced = trace_search_text(cut)
    spans = _merge_spans(
        (traced.spans[place][0], traced.spans[place + len(term) - 1][1])
        for term in terms
        for place in _find_all(traced.text, term)
    )
    start = _find_start(cut, spans[0][0] if spans else 0)
    end = min(len(cut), start + LENGTH)
    parts = list(_split_parts(cut, [span for span in spans if start <= span[0] and span[1] <= end], start, end))
    before = [Part("… ", is_match=False)] if start or cut[:20] != content[:20] else []
    after = [Part(" …", is_match=False)] if end < len(cut) or not content.endswith(cut[-20:]) else []
    return [*before, *parts, *after]


def cut_passage(text: str, terms: Sequence[str]) -> str:
    """Return the part of a long text around the first match of any term; no more of it is folded than up to there."""
    for start in range(0, len(text), TRACED - OVERLAP):
        passage = text[start : start + TRACED]
        search_text = build_search_text(passage)
        if any(term in search_text for term in terms):
            return passage
    return text[:TRACED]


def format_snippet(parts: Sequence[Part]) -> SafeString:
    """Return a snippet as HTML: escaped text, matches in `<mark>`."""
    pieces = (format_html("<mark>{}</mark>", part.text) if part.is_match else escape(part.text) for part in parts)
    return SafeString("".join(pieces))


def _cut_around(content: str, search_text: str, terms: Sequence[str]) -> str:
    """Return a long text's surroundings of the first match, near enough: search texts are longer than originals."""
    if len(content) <= TRACED:
        return content
    places = [place for term in terms if (place := search_text.find(term)) >= 0]
    low, high = 0, len(content) if places else 0
    while low < high:
        middle = (low + high) // 2
        if len(build_search_text(content[:middle])) > min(places):
            high = middle
        else:
            low = middle + 1
    return content[max(0, low - TRACED // 3) : low + TRACED]


def _find_all(text: str, term: str) -> Iterator[int]:
    place = text.find(term) if term else -1
    while place >= 0:
        yield place
        place = text.find(term, place + len(term))


def _merge_spans(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _find_start(text: str, match: int) -> int:
    """Return where a snippet begins: with a word, not far before its first match."""
    if match <= BEFORE:
        return 0
    space = text.find(" ", match - BEFORE, match)
    return space + 1 if space >= 0 else match - BEFORE


def _split_parts(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    for from_, to in spans:
        yield from _build_part(text[start:from_], is_match=False)
        yield from _build_part(text[from_:to], is_match=True)
        start = to
    yield from _build_part(text[start:end], is_match=False)


def _build_part(text: str, *, is_match: bool) -> Iterator[Part]:
    shown = re.sub(r"\s+", " ", EMPHASIS.sub("", text))
    if shown:
        yield Part(shown, is_match)
