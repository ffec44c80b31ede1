"""Name the scopes of personal tokens for rooms and messages."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from accounts.scopes import Area

READ_ROOMS = "rooms:read"
WRITE_ROOMS = "rooms:write"
READ_MESSAGES = "messages:read"
WRITE_MESSAGES = "messages:write"

# A socket delivers messages as well as changes of their rooms.
LISTENING = (READ_ROOMS, READ_MESSAGES)

AREAS = (
    Area(
        "rooms",
        gettext_noop("Rooms"),
        frozenset({"rooms"}),
        {
            "read": gettext_noop("See rooms and who is in them"),
            "write": gettext_noop("Create, rename, join and leave rooms, add people"),
            "admin": gettext_noop("Archive and delete rooms, take people out"),
        },
    ),
    Area(
        "messages",
        gettext_noop("Messages"),
        frozenset({"messages"}),
        {
            "read": gettext_noop("See messages, pins and what you saved"),
            "write": gettext_noop("Post, edit and delete, react, pin and save"),
        },
    ),
    Area(
        "imports",
        gettext_noop("Imports"),
        frozenset({"imports"}),
        {"read": gettext_noop("See how your imports go"), "write": gettext_noop("Stop imports of yours")},
    ),
)
