"""Name the scopes of personal tokens for notifications."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.scopes import Area

AREAS = (
    Area(
        "notifications",
        gettext_noop("Notifications"),
        frozenset({"notifications"}),
        {
            "read": gettext_noop("See your notifications and what you are told of"),
            "write": gettext_noop("Mark notifications as read, choose what you are told of"),
        },
    ),
)
