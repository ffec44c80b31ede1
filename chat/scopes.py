"""What rooms and messages ask of a personal token."""

from __future__ import annotations

from accounts.scopes import Area

READ_ROOMS = "rooms:read"
READ_MESSAGES = "messages:read"
WRITE_MESSAGES = "messages:write"
WRITE_ACCOUNT = "account:write"

# Whoever listens hears what is said, and what happens to the rooms it is said in.
LISTENING = (READ_ROOMS, READ_MESSAGES)

AREAS = (
    Area(
        "rooms",
        "Rooms",
        frozenset({"rooms"}),
        {
            "read": "See rooms and who is in them",
            "write": "Open, rename, join and leave rooms, add people",
            "admin": "Archive and delete rooms, take people out",
        },
    ),
    Area(
        "messages",
        "Messages",
        frozenset({"messages"}),
        {"read": "See messages, pins and what you saved", "write": "Post, edit and delete, react, pin and save"},
    ),
)
