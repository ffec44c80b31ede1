"""Count what the icon of the installed app shows: the same number as a page's title."""

from __future__ import annotations

from typing import Protocol

from accounts.models import User


class BadgeCounter(Protocol):
    """What an app knows of a user's unread things."""

    def count_attention(self, user: User) -> int:
        """Return how many things wait for a user, in a constant number of queries."""
        ...


# Apps above add theirs in `AppConfig.ready`.
badge_counters: list[BadgeCounter] = []


def count_badge(user: User) -> int | None:
    """Return the number on the icon of a user's app; None where no app counts anything."""
    if not badge_counters:
        return None
    return sum(counter.count_attention(user) for counter in badge_counters)
