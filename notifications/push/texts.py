"""Say what a push shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.descriptions import Described, describe_rows, filter_visible
from notifications.kinds import find_kind
from notifications.models import Notification

# Of many, so many are named.
NAMED = 3
SUMMARY_TAG = "summary"
DAY = 24 * 60 * 60
QUIET = ("very-low", "low")
URGENCIES = ("very-low", "low", "normal", "high")


class Push(NamedTuple):
    """What a push shows, under which tag, and how long a service keeps it for a device that is off.

    Of those with a `topic` that wait for a device, the service keeps the last.
    """

    title: str
    text: str
    url: str
    tag: str
    topic: str
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


def name_topic(row: Notification) -> str:
    """Return the topic of a notification: its own, or that of all such ones of its place, which each stands for."""
    kind = find_kind(row.kind)
    return f"{row.kind}:{row.place}" if kind and kind.collapses and row.place else str(row.pk)


def find_free_topic(ids: Sequence[str], rows: Iterable[Notification]) -> str:
    """Return the topic of notifications that are read or gone, "" if an unread one may wait for a device under it.

    A push of that topic takes their place at the service. `rows` are those that are left of the ids. Two queries.
    """
    known = {str(row.pk): row for row in rows}
    topics = {name_topic(known[each]) if each in known else each for each in ids}
    is_free = len(topics) == 1 and not any(_select_others(row).exists() for row in list(known.values())[:1])
    return topics.pop() if is_free else ""


def _select_others(row: Notification) -> QuerySet[Notification]:
    """Return what else is unread under the topic of a notification, and may wait for a device."""
    kind = find_kind(row.kind)
    if kind is None or not kind.collapses or not row.place:
        return Notification.objects.none()
    since = timezone.now() - timedelta(seconds=kind.ttl)
    others = Notification.objects.filter(user=row.user_id, kind=row.kind, place=row.place, updated_at__gte=since)
    return others.unread().exclude(pk=row.pk)


def _describe_row(described: Described) -> Push:
    row, kind, description = described.row, described.kind, described.description
    number = _select_others(row).aggregate(number=Sum("count"))["number"] if kind.collapses else 0
    more = _("… and %(number)s more here") % {"number": number} if number else ""
    text = "\n".join(filter(None, [description.text, more]))
    url = description.url or row.url
    return Push(description.title, text, url, str(row.pk), name_topic(row), kind.ttl, kind.urgency)


def _summarise_rows(described: Sequence[Described]) -> Push:
    """Sum up several, newest first. It leads to the newest where all are of one place, else to the list."""
    titles = [each.description.title for each in described]
    title = _("%(number)s new notifications") % {"number": len(titles)}
    places = {each.row.place for each in described}
    url = described[0].description.url if len(places) == 1 and None not in places else ""
    urgency = max((each.kind.urgency for each in described), key=URGENCIES.index)
    text = "\n".join(titles[:NAMED])
    return Push(title, text, url or "/notifications/", SUMMARY_TAG, SUMMARY_TAG, DAY, urgency)
