"""Files in messages, as REST answers and events carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.conf import settings
from django_stubs_ext import StrOrPromise
from pydantic import BaseModel, Field

from assets.storing.schemas import API, FileKind
from chat.attachments.snapshots import Snapshot, list_standing
from chat.models import MAX_ATTACHMENTS
from lib.media.descriptions import describe_kind


class FileLimits(NamedTuple):
    """How many files one message holds at most, and how many bytes each."""

    number: int
    size: int


class AssetRef(BaseModel):
    """A file in a message. `GET /assets/{id}` says all of it."""

    id: UUID
    name: str = Field(description="As it was called where it came from.")
    mime_type: str
    kind: FileKind
    size: int = Field(description="Bytes.")
    state: Literal["pending", "ready", "failed"] = Field(description="`pending` until its thumbnails are made.")
    url: str
    thumbnail_url: str | None = Field(description="A picture of at most 360 pixels a side; null: none, or none yet.")
    preview_url: str | None = Field(description="A picture of at most 1600 pixels a side; null: none, or none yet.")
    width: int | None
    height: int | None
    duration: float | None = Field(description="Seconds.")
    pages: int | None
    placeholder: str | None
    alt_text: str

    @property
    def description(self) -> StrOrPromise:
        """Return its kind in words."""
        return describe_kind(self.name, self.mime_type)


def get_file_limits() -> FileLimits:
    """Return the limits that a composer says before anything is uploaded."""
    return FileLimits(MAX_ATTACHMENTS, settings.MAX_UPLOAD_BYTES)


def describe_assets(snapshots: Sequence[Snapshot] | None) -> list[dict[str, Any]]:
    """Return the shapes of the entries of `Message.attachments`, without files that were deleted."""
    return [_describe_asset(each) for each in list_standing(snapshots)]


def _describe_asset(shown: Snapshot) -> dict[str, Any]:
    address = f"{API}/{shown['id']}"
    thumbnails = shown["thumbnails"]
    return {
        "id": shown["id"],
        "name": shown["name"],
        "mime_type": shown["mime_type"],
        "kind": shown["kind"],
        "size": shown["size"],
        "state": shown["state"],
        "url": f"{address}/content",
        "thumbnail_url": f"{address}/thumbnail?size=small" if "small" in thumbnails else None,
        "preview_url": f"{address}/thumbnail?size=large" if "large" in thumbnails else None,
        **{name: shown.get(name) for name in ("width", "height", "duration", "pages", "placeholder")},
        "alt_text": shown["alt_text"],
    }
