"""Tell open windows of new notifications."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from accounts.languages import choose_language
from notifications.descriptions import describe_to_each
from notifications.inbox import events
from notifications.models import Notification
from notifications.preferences.queries import choose_channels


def deliver_in_app(rows: Sequence[Notification]) -> None:
    """Tell the sockets of users what the bell lists now, and leave out there what they don't want in it.

    A few queries for any number of users.
    """
    decisions = choose_channels(rows, timezone.now())
    unlisted = {row.pk for row in rows if row.is_listed and not decisions[row.pk].in_app}
    if unlisted:
        Notification.objects.filter(pk__in=unlisted).update(is_listed=False)
    listed = [row for row in rows if row.is_listed and row.pk not in unlisted]
    if listed:
        # The browser's language, of those who have chosen none, is known to the browser alone: it asks again.
        languages = {row.user_id: choose_language(row.user, settings.LANGUAGE_CODE) for row in listed}
        events.notifications_created(describe_to_each(listed, languages), languages)
