"""Render the Markdown of everyday messages without a parser, which took a third of the time to post one.

That is a line or a few, or a flat list, whose marks leave no doubt: a word or some on their own that are strong,
emphasised, code, or a link. Anything else is for the parser. What this renders, the parser renders alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from lib.text.invisible import is_visible
from lib.text.markdown.addresses import LIKE_AN_ADDRESS
from lib.text.markdown.emoji import NAME
from lib.text.markdown.sanitizer import RELATION

# Text without any of these means the same in Markdown as it does plain, so it needs no parser.
NEEDS_PARSER = re.compile(
    r"[*_`\[<&\\@\uff20\t]|~~|[ ]\n|(?:\A|\n)(?:[-+=#>|~:\s]|\d+[.)](?:\s|\Z))|\n\Z|"
    + NAME
    + "|"
    + LIKE_AN_ADDRESS.pattern
)

# A longer text may hold more marks than the parser reads.
LONGEST = 1000
# Text within marks, which begins and ends with a letter or a digit: no mark beside it can be taken for another.
_WORDS = r"[A-Za-z0-9](?:[^*_`~\[\]()<>&\\@\uff20\t\n\r\x00-\x1f\xa0]*[A-Za-z0-9])?"
SPAN = re.compile(
    rf"(?<![^ (\n])(?:\*\*(?P<strong>{_WORDS})\*\*|\*(?P<em>{_WORDS})\*"
    r"|`(?P<code>[A-Za-z0-9](?:[A-Za-z0-9 ._/:=-]*[A-Za-z0-9])?)`"
    rf"|\[(?P<text>{_WORDS})\]\((?P<href>https?://[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{{2,6}}/(?:[A-Za-z0-9_-]+[/.]?)*)\))"
    r"(?![^ .,;:!?)\n])"
)
ITEM = "- "
# Those of this server open in the same tab.
OWN_PAGES = ("/rooms/", "/o/")
# Characters that are written otherwise than they stand, or that only seem to be none.
ODD = re.compile(r"[\xa0\x00-\x09\x0b-\x1f\x7f]")


def render_quickly(content: str) -> str | None:
    """Return safe HTML for a text with simple marks, or None for any other."""
    if len(content) > LONGEST or ODD.search(content):
        return None
    lines = content.split("\n")
    if all(line.startswith(ITEM) for line in lines):
        return _render_list([line.removeprefix(ITEM) for line in lines])
    html = _render_spans(content)
    return html and '<p dir="auto">{}</p>'.format(html.replace("\n", "<br>\n"))


def _render_list(items: Sequence[str]) -> str | None:
    rendered = [_render_spans(item) for item in items]
    # Of items that show nothing the parser makes no list.
    if not all(rendered) or not is_visible("".join(items)):
        return None
    return '<ul dir="auto">\n{}\n</ul>'.format("\n".join(f"<li>{html}</li>" for html in rendered))


def _render_spans(text: str) -> str | None:
    """Return the HTML of a text, or None where something other than its spans needs the parser."""
    parts: list[str] = []
    rest: list[str] = []
    at = 0
    for match in SPAN.finditer(text):
        html = _render_span(match)
        if html is None:
            return None
        between = text[at : match.start()]
        parts += escape(between, quote=False), html
        rest += between, match["strong"] or match["em"] or match["text"] or "code"
        at = match.end()
    between = text[at:]
    if text != text.strip() or NEEDS_PARSER.search("".join([*rest, between])):
        return None
    return "".join([*parts, escape(between, quote=False)])


def _render_span(match: re.Match[str]) -> str | None:
    kind, words = match.lastgroup, match[match.lastgroup or 0]
    if kind != "href":
        return f"<{kind}>{words}</{kind}>"
    if any(path in words for path in OWN_PAGES):
        return None
    return f'<a href="{words}" target="_blank" rel="{RELATION}">{match["text"]}</a>'
