"""Cut how a message begins, for where it is quoted or told of."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext

from chat.models import Message

# Characters. `quotes.js` cuts at the same place.
EXCERPT = 160
# One of the organisation's own emoji: an excerpt has its name.
PICTURE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')


def cut_excerpt(html: str) -> str:
    """Return how a rendered message begins, as plain text in one line of at most `EXCERPT` characters."""
    text = " ".join(unescape(strip_tags(PICTURE.sub(r"\1", html))).split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"


def describe_message(message: Message) -> str:
    """Return how a message begins or, without a text, what its files are, in the active language."""
    return cut_excerpt(message.html) or describe_files(message)


def describe_files(message: Message) -> str:
    """Return the name of the one file of a message, or how many it has; empty where there is none."""
    files = [each for each in message.attachments or () if not each.get("is_deleted")]
    number = len(files)
    if not files:
        return gettext("A file that was deleted") if message.attachments else ""
    if message.type == Message.Type.IMAGE:
        return gettext("Photo") if number == 1 else gettext("%(count)s photos") % {"count": number}
    return str(files[0]["name"]) if number == 1 else gettext("%(count)s files") % {"count": number}
