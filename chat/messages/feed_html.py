"""Render a feed: messages with their days. Scripts redraw days and groups for the reader's own clock.

Joined here and not in a template: messages are rendered already, and this is most of the most visited page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chat.attachments.html import translate_facts
from chat.messages.fragment_texts import LABELS, TEXTS, card_texts
from chat.messages.queries.feed import FeedItem
from lib.db.prepared import to_raw_value
from lib.web.cached_fragment import cached_fragment

# How each rendered message begins.
ITEM = '<li class="feed__item"'
GROUPED_WITHIN = timedelta(minutes=5)


def render_feed(
    items: Iterable[FeedItem], *, first_unread_seq: int | None = None, target: UUID | None = None
) -> SafeString:
    """Return messages with their days and the New divider. The message `target` is marked for scripts to scroll to."""
    pieces: list[str] = []
    target_id = to_raw_value(target) if target else None
    previous: FeedItem | None = None
    previous_day = None
    zone = timezone.get_current_timezone()
    for item in items:
        day = item.created_at.astimezone(zone).date()
        attributes = " data-target" if item.id == target_id else ""
        if day != previous_day:
            pieces.append(cached_fragment("chat/messages/_day.html", day, day=day, text=format_date(day, _("l j F"))))
        if item.seq == first_unread_seq:
            pieces.append(cached_fragment("chat/messages/_new_divider.html", None))
        elif (
            previous
            and day == previous_day
            and previous.author_id == item.author_id
            and item.created_at - previous.created_at <= GROUPED_WITHIN
        ):
            attributes += " data-grouped"
        pieces.append(f"{ITEM}{attributes}{item.html[len(ITEM) :]}" if attributes else item.html)
        previous, previous_day = item, day
    return mark_safe(translate_fragments("\n".join(pieces)))  # noqa: S308  rendered messages and dates


def translate_fragments(html: str) -> str:
    """Return message fragments with their fixed words in the reader's language.

    No message can contain what is replaced, even as text: `>` is escaped in its text, and `"` in its attributes.
    """
    if get_language() == settings.LANGUAGE_CODE:
        return html
    for name, text in (TEXTS | card_texts).items():
        html = html.replace(f'data-i18n="{name}">{text}<', f'data-i18n="{name}">{escape(_(text))}<')
    for label in LABELS:
        translated = escape(_(label))
        for attributes in ('aria-label="{0}" data-i18n-label>', 'aria-label="{0}" title="{0}" data-i18n-label>'):
            html = html.replace(attributes.format(label), attributes.format(translated))
    return translate_facts(html) if "data-file-kind" in html else html
