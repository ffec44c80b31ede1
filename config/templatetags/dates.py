"""Moments as people read them, in the reader's language and by their clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, npgettext_lazy

from config.templatetags.attributes import attributes_html

register = template.Library()

# Some languages bend their units after “ago”.
UNITS: dict[str, Any] = {
    "year": npgettext_lazy("ago", "%(num)d year", "%(num)d years", "num"),
    "month": npgettext_lazy("ago", "%(num)d month", "%(num)d months", "num"),
    "week": npgettext_lazy("ago", "%(num)d week", "%(num)d weeks", "num"),
    "day": npgettext_lazy("ago", "%(num)d day", "%(num)d days", "num"),
    "hour": npgettext_lazy("ago", "%(num)d hour", "%(num)d hours", "num"),
    "minute": npgettext_lazy("ago", "%(num)d minute", "%(num)d minutes", "num"),
}


@register.filter
def ago(moment: datetime) -> str:
    """Return how long since, in one unit: `just now`, `5 minutes ago`."""
    if timezone.now() - moment < timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(time)s ago") % {"time": timesince(moment, depth=1, time_strings=UNITS)}


@register.simple_tag
def time(moment: datetime, shape: str, **attributes: Any) -> SafeString:
    """Draw a moment in a shape of the `date` filter: {% time token.expires_at _("j F Y") title="…" %}."""
    here = timezone.localtime(moment)
    return _draw_time(here, format_date(here, str(shape)), attributes)


@register.simple_tag
def time_ago(moment: datetime, words: str = "", **attributes: Any) -> SafeString:
    """Draw how long since, with the full date as its tooltip: {% time_ago device.last_activity %}.

    `words` stand around it, as “seen %(ago)s”. Scripts keep it true while the page is open (`lib/live-times`).
    """
    here = timezone.localtime(moment)
    given = {"title": format_date(here, gettext("j F Y, H:i")), "data_format": "ago", "data_words": words or None}
    return _draw_time(here, words % {"ago": ago(moment)} if words else ago(moment), given | attributes)


def _draw_time(moment: datetime, words: str, attributes: dict[str, Any]) -> SafeString:
    return format_html('<time datetime="{}"{}>{}</time>', moment.isoformat(), attributes_html(attributes), words)
