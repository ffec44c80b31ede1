"""Read what a web page says about itself: Open Graph, Twitter's cards, and plain HTML.

The page is anything at all, so it is scanned for the few tags that matter, in time proportional to its length: parsers
take minutes for a megabyte (html5ever, for 200,000 open `div`). It returns text, to be escaped where it is shown.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from lib.text.folding import normalize_text
from lib.text.invisible import is_visible, strip_invisible

# Characters. Two lines of a card, four lines, and a name beside an icon.
MAX_TITLE, MAX_DESCRIPTION, MAX_NAME = 200, 400, 80
MAX_URL = 2000

DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w\-]{1,40})""", re.IGNORECASE)
CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w\-]{1,40})""", re.IGNORECASE)
# As Python names them. It knows others, some of which take long, or are no encodings of texts.
ENCODINGS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp125\d|cp866|cp874|cp949|koi8-[ru]|mac-\w+"
    r"|gb2312|gbk|gb18030|big5|big5hkscs|shift_jis|cp932|euc_jp|euc_kr|iso2022_jp"
)
# A page has some dozens of `meta`; each of them is read up to these bounds.
MAX_METAS, MAX_ATTRIBUTES, MAX_VALUE = 500, 20, 4000
# The first letters tell most tags apart quickly.
TAG = re.compile(r"<(?=[!mMtTsSnN/])(?:!--|((?i:meta|title|script|style|noscript|template|svg|/head))(?=[\s/>]))")
ATTRIBUTE = re.compile(
    r"[\s/]{1,200}([^\s\"'<>/=]{1,60})"
    rf"(?:\s{{0,20}}=\s{{0,20}}(?:\"([^\"]{{0,{MAX_VALUE}}})\"|'([^']{{0,{MAX_VALUE}}})'|([^\s\"'<>]{{1,{MAX_VALUE}}})))?"
)
ENDINGS = {
    kind: re.compile(rf"</{kind}", re.IGNORECASE)
    for kind in ("title", "script", "style", "noscript", "template", "svg")
} | {"comment": re.compile("-->")}

TITLES = ("og:title", "twitter:title", "title")
DESCRIPTIONS = ("og:description", "twitter:description", "description")
IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")


class WebPage(NamedTuple):
    """What a page says about itself; empty where it says nothing. `image` is a URL as it stands there."""

    title: str
    description: str
    site_name: str
    image: str


def read_page(body: bytes, content_type: str) -> WebPage:
    """Return what the beginning of an HTML page says about it. Of several statements the first counts."""
    said = _collect_statements(_decode_body(body, content_type))
    return WebPage(
        _pick_text(said, TITLES, MAX_TITLE),
        _pick_text(said, DESCRIPTIONS, MAX_DESCRIPTION),
        _pick_text(said, ("og:site_name", "application-name"), MAX_NAME),
        next((said[name].strip() for name in IMAGES if said.get(name, "").strip()), "")[:MAX_URL],
    )


def _decode_body(body: bytes, content_type: str) -> str:
    """Return a body as text, by its byte order mark, its header or its `meta`; as UTF-8 where none is right."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    declared = DECLARED.search(body[:2048])
    names = [CHARSET.findall(content_type), [declared[1].decode("ascii", "replace")] if declared else []]
    for name in (name for found in names for name in found):
        if (known := _find_encoding(name)) is not None:
            return body.decode(known, "replace")
    return body.decode("utf-8", "replace")


def _find_encoding(name: str) -> str | None:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    # As browsers do: what calls itself Latin-1 is most often Windows'.
    known = "cp1252" if known in ("iso8859-1", "ascii") else known
    return known if ENCODINGS.fullmatch(known) else None


def _collect_statements(html: str) -> dict[str, str]:
    """Return the first content of each `meta`, by its lower-case name, and that of `title`."""
    said: dict[str, str] = {}
    for name, content in _iterate_statements(html):
        said.setdefault(name.strip().lower(), content)
    return said


def _iterate_statements(html: str) -> Iterator[tuple[str, str]]:
    """Yield names and contents up to the end of the head. What stands in comments, scripts and the like is passed."""
    at, metas = 0, 0
    while (tag := TAG.search(html, at)) and metas < MAX_METAS:
        kind, at = (tag[1] or "comment").lower(), tag.end()
        if kind == "meta":
            metas += 1
            attributes = _read_attributes(html, at)
            yield attributes.get("property") or attributes.get("name") or "", attributes.get("content", "")
        elif kind == "/head":
            return
        else:
            ending = ENDINGS[kind].search(html, at)
            if ending is None:
                return
            if kind == "title":
                yield "title", unescape(html[at : ending.start()].partition(">")[2][:MAX_VALUE])
            at = ending.end()


def _read_attributes(html: str, at: int) -> dict[str, str]:
    """Return the attributes of the tag whose name ends at an index. The first of a name counts."""
    attributes: dict[str, str] = {}
    for _ in range(MAX_ATTRIBUTES):
        match = ATTRIBUTE.match(html, at)
        if match is None:
            break
        name, *values = match.groups()
        attributes.setdefault(name.lower(), unescape(next(filter(None, values), "")))
        at = match.end()
    return attributes


def _pick_text(said: dict[str, str], names: Iterable[str], limit: int) -> str:
    """Return the first of several statements that shows something, in one line."""
    for name in names:
        # Entities are often escaped twice. A word at the limit is cut.
        text = " ".join(strip_invisible(normalize_text(unescape(said.get(name, "")[: limit * 4]))).split())
        if is_visible(text):
            return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
    return ""
