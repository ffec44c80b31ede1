"""The ways by which notifications leave the server. Each registers what delivers them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from notifications.models import Notification


class Deliver(Protocol):
    """Deliver rows that their users may still see and have not read; may be called again with the same ones."""

    def __call__(self, rows: Sequence[Notification]) -> None: ...


channels: dict[str, Deliver] = {}
