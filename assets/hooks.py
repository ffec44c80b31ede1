"""Notify the apps above of changes of assets.

An app subscribes by appending an object, or a module, with all functions of `Subscriber` to `subscribers`. Each call
runs inside the transaction of the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from assets.models import Asset


class Subscriber(Protocol):
    """Interface of a subscriber; each function is described below, where it is called."""

    def blob_processed(self, *, blob_id: UUID) -> None: ...
    def asset_changed(self, *, asset: Asset) -> None: ...
    def asset_deleted(self, *, asset: Asset) -> None: ...


subscribers: list[Subscriber] = []


def blob_processed(*, blob_id: UUID) -> None:
    """Notify that thumbnails and metadata of a blob are made, or that they can't be: what shows it looks different."""
    for subscriber in subscribers:
        subscriber.blob_processed(blob_id=blob_id)


def asset_changed(*, asset: Asset) -> None:
    """Notify that an asset has another name or alternative text."""
    for subscriber in subscribers:
        subscriber.asset_changed(asset=asset)


def asset_deleted(*, asset: Asset) -> None:
    """Notify that an asset is deleted: its row goes later, so nothing may refer to it any longer."""
    for subscriber in subscribers:
        subscriber.asset_deleted(asset=asset)
