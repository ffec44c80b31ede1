"""Write the HTML of an editor as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "del": "~~"}
BLOCKS = frozenset(("p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "tr"))
UNSEEN = frozenset(("script", "style", "title"))


def to_markdown(html: str) -> str:
    """Return HTML as Markdown: paragraphs, headings, lists, boxes to tick, links, marks. Plain text stays as it is."""
    if not re.search(r"<[a-zA-Z/]", html):
        return html
    writer = MarkdownWriter()
    writer.feed(html)
    writer.close()
    text = "".join(writer.pieces)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


class MarkdownWriter(HTMLParser):
    """Collects Markdown as tags open and close."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._lists: list[int | None] = []
        self._addresses: list[str] = []
        self._unseen = 0
        self._begins_item = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
            self.pieces.append("\n" if len(self._lists) > 1 else "\n\n")
        elif tag == "li":
            self._begin_item(given.get("data-checked"))
        elif tag == "br":
            self.pieces.append("  \n")
        elif tag == "hr":
            self.pieces.append("\n\n---\n\n")
        elif tag == "a":
            self._addresses.append(given.get("href", ""))
            self.pieces.append("[")
        elif re.fullmatch("h[1-6]", tag):
            self.pieces.append("\n\n" + "#" * int(tag[1]) + " ")
        elif tag in MARKS:
            self.pieces.append(MARKS[tag])
        elif tag in BLOCKS and not self._begins_item:
            self.pieces.append("\n\n" if not self._lists else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self.pieces.append("\n" if self._lists else "\n\n")
        elif tag == "a" and self._addresses:
            address = self._addresses.pop()
            self.pieces.append(f"](<{address}>)" if re.match(r"https?://[^\s<>]+$", address) else "]")
        elif tag in MARKS:
            self.pieces.append(MARKS[tag])
        elif tag in BLOCKS and not self._lists:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if text := re.sub(r"\s+", " ", data):
            self.pieces.append(text)
            self._begins_item = self._begins_item and not text.strip()

    def _begin_item(self, checked: str | None) -> None:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        box = {"true": "[x] ", "false": "[ ] "}.get(checked or "", "")
        mark = "- " if number is None else f"{number + 1}. "
        self.pieces.append("\n" + "  " * max(len(self._lists) - 1, 0) + mark + box)
        self._begins_item = True
