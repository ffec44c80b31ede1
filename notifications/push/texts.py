"""Say what a push shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import User
from notifications.descriptions import Described, describe_rows, filter_visible
from notifications.models import Notification

# Of many, so many are named.
NAMED = 3
SUMMARY_TAG = "summary"
DAY = 24 * 60 * 60
QUIET = ("very-low", "low")


class Push(NamedTuple):
    """What a push shows, under which tag, and how long a service keeps it for a device that is off."""

    title: str
    text: str
    url: str
    tag: str
    ttl: int
    urgency: str


def describe_push(rows: Sequence[Notification], reader: User) -> Push | None:
    """Say what the push of a notification shows in the active language, or of several that have waited, in one.

    None where the reader may see none of them any more.
    """
    described = describe_rows(filter_visible(rows, reader), reader)
    if len(described) > 1:
        return _summarise_rows(described)
    return _describe_row(described[0]) if described else None


def _describe_row(described: Described) -> Push:
    row, kind, description = described.row, described.kind, described.description
    url = description.url or row.url
    return Push(description.title, description.text, url, str(row.pk), kind.ttl, kind.urgency)


def _summarise_rows(described: Sequence[Described]) -> Push:
    titles = [each.description.title for each in described]
    title = _("%(number)s new notifications") % {"number": len(titles)}
    return Push(title, "\n".join(titles[:NAMED]), "/notifications/", SUMMARY_TAG, DAY, "normal")
