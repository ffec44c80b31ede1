"""Know what else a search finds: what apps above keep in an organisation, by name.

As they get ready, apps append modules with `HEADING` and `find_items` to `sources`: deferred ones, so that a server
starts without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

from accounts.models import Organisation, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Found(NamedTuple):
    """Something that a search has found: of some kind, with where it belongs and how far it is."""

    kind: str
    id: UUID
    name: str
    note: str
    state: str
    url: str


class Source(Protocol):
    """Interface of what finds more than messages."""

    HEADING: StrOrPromise

    def find_items(self, *, user: User, organisation: Organisation, q: str, limit: int) -> Sequence[Found]:
        """Return what a user sees, the most likely first. One query."""


sources: list[Source] = []
