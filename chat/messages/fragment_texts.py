"""Name the words in message fragments, which are cached in English: `data-i18n` names them for scripts.

Apps above add those of their cards to `card_texts` as they get ready.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

TEXTS = {
    "agent": gettext_noop("Agent"),
    "pinned": gettext_noop("Pinned"),
    "deleted": gettext_noop("This message was deleted."),
    "edited": gettext_noop("(edited)"),
    "inThread": gettext_noop("Replied in a thread"),
    "forwardedFrom": gettext_noop("Forwarded from"),
    "showOrigin": gettext_noop("Show"),
    "fileDeleted": gettext_noop("This file was deleted."),
    "firstLines": gettext_noop("First lines"),
    "photo": gettext_noop("Photo"),
    "photos": gettext_noop("photos"),
    "files": gettext_noop("files"),
    "reply": gettext_noop("reply"),
    "replies": gettext_noop("replies"),
}
card_texts: dict[str, str] = {}
LABELS = (
    gettext_noop("Reactions"),
    gettext_noop("Add a reaction"),
    gettext_noop("Pages linked to"),
    gettext_noop("Remove preview"),
    gettext_noop("Download"),
    gettext_noop("Remove file"),
    gettext_noop("Play"),
)
