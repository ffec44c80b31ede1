"""Ask the apps above what a user wants to hear of a place, such as a room: an app registers what answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from accounts.models import User


class Attention(IntEnum):
    """How much of a place a user wants to be told: nothing, what names them, or all."""

    NOTHING = 0
    MENTIONS = 1
    ALL = 2


# The ids of a user and of a place.
Pair = tuple[UUID, UUID]


class PlaceName(NamedTuple):
    """What a place is called by its reader, and the path of its page."""

    name: str
    url: str


class Places(Protocol):
    """What an app knows of its places."""

    def load_attention(self, pairs: Collection[Pair]) -> Mapping[Pair, Attention]:
        """Return how much of its places users want to hear, in one query. Others are left out."""
        ...

    def name_places(self, place_ids: Collection[UUID], reader: User) -> Mapping[UUID, PlaceName]:
        """Return what places are called, in a few queries. Those that the reader can't see are left out."""
        ...

    def listening_changed(self, *, user_id: UUID | None = None, organisation_id: UUID | None = None) -> None:
        """Forget what a user, or what the members of an organisation, listen to, in the transaction that changes it."""
        ...


places: list[Places] = []


def load_attention(pairs: Collection[Pair]) -> dict[Pair, Attention]:
    """Return how much users want to hear of places; what no app knows, such as a task, is left out."""
    known: dict[Pair, Attention] = {}
    for each in places if pairs else ():
        known |= each.load_attention(pairs)
    return known


def name_places(place_ids: Collection[UUID], reader: User) -> dict[UUID, PlaceName]:
    """Return what the places are called that a reader can see."""
    named: dict[UUID, PlaceName] = {}
    for each in places if place_ids else ():
        named |= each.name_places(place_ids, reader)
    return named


def listening_changed(*, user_id: UUID | None = None, organisation_id: UUID | None = None) -> None:
    """Tell that a user's keywords or choices have changed, or what an organisation suggests, in that transaction."""
    for each in places:
        each.listening_changed(user_id=user_id, organisation_id=organisation_id)
