"""Find the links of a message that get a preview."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urldefrag, urlsplit

from lib.text.markdown.renderer import is_own_host

MAX_PREVIEWS = 3
# How a link to a page begins in the HTML of a message.
LINK = '<a href="http'
# What is in here was written to be read as it is, or not to be seen.
QUIET = ("code", "pre")
QUIET_CLASS = "spoiler"


def find_links(html: str) -> list[str]:
    """Return the URLs of a message's first links to pages elsewhere, each page once."""
    finder = _LinkFinder()
    finder.feed(html)
    pages: dict[str, str] = {}
    for url in filter(_is_elsewhere, finder.urls):
        pages.setdefault(get_page(url), url)
    return list(pages.values())[:MAX_PREVIEWS]


def get_page(url: str) -> str:
    """Return a URL without its fragment: that of the page as it is asked for."""
    return urldefrag(url).url


def _is_elsewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and not is_own_host(parts.hostname or "")
    except ValueError:
        return False


class _LinkFinder(HTMLParser):
    """Reads the HTML of a message, which we wrote: its tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and not any(self._open):
            self.urls.append(values["href"] or "")
        if tag not in ("br", "hr"):
            self._open.append(tag in QUIET or QUIET_CLASS in (values.get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()
