"""Name the topics of users, which every app above announces on."""

from __future__ import annotations

from uuid import UUID


def user_topic(user_id: UUID) -> str:
    """Name the topic of a user's own sockets."""
    return f"user:{user_id}"
