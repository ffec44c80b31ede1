"""Tell open windows of new notifications."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from accounts.languages import choose_language
from notifications.descriptions import describe_to_each
from notifications.inbox import events
from notifications.models import Notification


def deliver_in_app(rows: Sequence[Notification]) -> None:
    """Tell the sockets of users what the bell lists now. A few queries for any number of users."""
    listed = [row for row in rows if row.is_listed]
    if listed:
        # The browser's language, of those who have chosen none, is known to the browser alone: it asks again.
        languages = {row.user_id: choose_language(row.user, settings.LANGUAGE_CODE) for row in listed}
        events.notifications_created(describe_to_each(listed, languages), languages)
