"""Tell the apps above who joins and leaves the main channels of projects.

An app subscribes by appending an object, or a module, with both functions to `listeners`. Each call runs inside the
transaction of the change.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from chat.models import Room


class MainChannelListener(Protocol):
    """Interface of what hears of the members of main channels."""

    def member_joined(self, *, channel: Room, user_id: UUID) -> None: ...
    def member_left(self, *, channel: Room, user_id: UUID) -> None: ...


listeners: list[MainChannelListener] = []


def member_joined(channel: Room, user_id: UUID) -> None:
    """Tell that a user has become a member of a main channel."""
    for listener in listeners:
        listener.member_joined(channel=channel, user_id=user_id)


def member_left(channel: Room, user_id: UUID) -> None:
    """Tell that a user is no longer a member of a main channel, which has an admin again if it has members."""
    for listener in listeners:
        listener.member_left(channel=channel, user_id=user_id)
