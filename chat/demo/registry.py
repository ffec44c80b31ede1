"""Let the apps above plant something of theirs into the sample company.

An app appends an object, or a module, with the function of `Planter` to `planters` in its `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from accounts.models import Organisation, User


class Planter(Protocol):
    """Interface of what plants more. What is there already has to stay as it is."""

    def plant_rows(self, organisation: Organisation, users: Mapping[str, User], now: datetime) -> None: ...


planters: list[Planter] = []
