"""Let the apps above say which users see an asset, and whether it is used: they show it, and this app knows none.

An app adds an object, or a module, with the functions of `AccessSource` to `sources` in its `AppConfig.ready`.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.db.models import Q

from accounts.models import User


class AccessSource(Protocol):
    """Interface of what shows assets. Conditions are on `Asset`, without joins: `Q(pk__in=…)` or `Q(Exists(…))`."""

    def filter_visible(self, user: User) -> Q:
        """Return the condition for what a user sees there."""
        ...

    def filter_in_room(self, user: User, room_id: UUID) -> Q:
        """Return the condition for what a user sees in a room: nothing where they don't see the room."""
        ...

    def filter_used(self) -> Q:
        """Return the condition for what stands there, visible or not: it is no orphan."""
        ...


sources: list[AccessSource] = []


def list_visible_conditions(user: User) -> list[Q]:
    """Return a condition for each place where a user may see assets."""
    return [source.filter_visible(user) for source in sources]


def list_room_conditions(user: User, room_id: UUID) -> list[Q]:
    """Return a condition for each place where a user may see assets of a room."""
    return [source.filter_in_room(user, room_id) for source in sources]


def list_used_conditions() -> list[Q]:
    """Return a condition for each place where assets stand."""
    return [source.filter_used() for source in sources]
