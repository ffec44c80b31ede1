"""Name the kinds of notifications about rooms and messages, and what is counted in one row."""

from __future__ import annotations

from uuid import UUID

MENTION = "mention"
BROADCAST = "broadcast"
DIRECT = "direct"
REPLY = "reply"
KEYWORD = "keyword"
MESSAGE = "message"
REACTION = "reaction"
ROOM_ADDED = "room-added"
REPORT = "report"

# What is said in rooms; other apps tell of what is done in them.
SAID = (MENTION, BROADCAST, DIRECT, REPLY, KEYWORD, MESSAGE, REACTION)
# Told in rooms that are muted too.
NAMING = (MENTION, BROADCAST)
# So many users are notified in the transaction that stores a message: more would make all other posts wait.
MAX_AT_ONCE = 50


def name_direct_group(room_id: UUID) -> str:
    """Name what the messages of a direct conversation are counted under."""
    return f"direct:{room_id}"


def name_thread_group(root_id: UUID) -> str:
    """Name what the replies in a thread are counted under."""
    return f"thread:{root_id}"


def name_reaction_group(message_id: UUID) -> str:
    """Name what the reactions to a message are counted under."""
    return f"reaction:{message_id}"
