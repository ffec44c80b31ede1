"""A feed as the server draws it. Scripts redraw days and groups for the reader's own clock.

Put together here and not in a template: messages are rendered already, and this is most of the most visited page.
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
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from chat.messages.queries.feed import FeedItem
from lib.db.prepared import to_raw_value
from lib.web.cached_fragment import cached_fragment

ITEM = '<li class="feed__item"'
# What fragments say themselves, the same to everybody: `data-i18n` names it for scripts.
SAID = {
    "agent": gettext_noop("Agent"),
    "pinned": gettext_noop("Pinned"),
    "deleted": gettext_noop("This message was deleted."),
    "edited": gettext_noop("(edited)"),
}
LABELS = (gettext_noop("Reactions"), gettext_noop("Add a reaction"))
DAY = '<li class="feed__day" data-day="{0}"><time datetime="{0}">{1}</time></li>'
GROUPED_WITHIN = timedelta(minutes=5)


def feed_html(
    items: Iterable[FeedItem], *, first_unread_seq: int | None = None, target: UUID | None = None
) -> SafeString:
    """Messages with their days and the New divider. The one with the id `target` is marked for scripts to go to."""
    pieces: list[str] = []
    target_id = to_raw_value(target)
    previous: FeedItem | None = None
    previous_day = None
    zone = timezone.get_current_timezone()
    for item in items:
        day = item.created_at.astimezone(zone).date()
        marks = " data-target" if item.id == target_id else ""
        if day != previous_day:
            pieces.append(DAY.format(day.isoformat(), format_date(day, _("l j F"))))
        if item.seq == first_unread_seq:
            pieces.append(cached_fragment("chat/messages/_new_divider.html", None))
        elif previous and day == previous_day and _continues(previous, item):
            marks += " data-grouped"
        pieces.append(item.html.replace(ITEM, ITEM + marks, 1) if marks else item.html)
        previous, previous_day = item, day
    return mark_safe(translated("\n".join(pieces)))  # noqa: S308  rendered messages and dates


def translated(html: str) -> str:
    """Fragments with their own words in the reader's language. No message can hold what is looked for: its text is
    escaped, and it has no such attributes.
    """
    if get_language() == settings.LANGUAGE_CODE:
        return html
    for name, words in SAID.items():
        html = html.replace(f'data-i18n="{name}">{words}<', f'data-i18n="{name}">{escape(_(words))}<')
    for words in LABELS:
        for attribute in ("aria-label", "title"):
            html = html.replace(f'{attribute}="{words}"', f'{attribute}="{escape(_(words))}"')
    return html


def _continues(previous: FeedItem, item: FeedItem) -> bool:
    return previous.author_id == item.author_id and item.created_at - previous.created_at <= GROUPED_WITHIN
