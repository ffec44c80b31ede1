"""Cut how a message begins, for where it is quoted or told of."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import strip_tags

# Characters. `quotes.js` cuts at the same place.
EXCERPT = 160
# One of the organisation's own emoji: an excerpt has its name.
PICTURE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')


def cut_excerpt(html: str) -> str:
    """Return how a rendered message begins, as plain text in one line of at most `EXCERPT` characters."""
    text = " ".join(unescape(strip_tags(PICTURE.sub(r"\1", html))).split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"
