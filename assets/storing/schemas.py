"""Files, as REST answers and events carry them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast
from uuid import UUID

from pydantic import Field, StringConstraints

from assets.models import MAX_ALT_TEXT, Asset
from lib.media.descriptions import describe_kind
from lib.media.photo_data import PhotoData
from lib.web.schemas import LEFT_OUT, Schema, Timestamp

API = "/api/v1/assets"
# Where files seem to be stored: of equal ones there is one, which its path would tell.
STORED = "assets"
SHOWN = ("width", "height", "duration", "pages", "placeholder")
State = Literal["pending", "ready", "failed"]
FileKind = Literal["image", "video", "audio", "pdf", "text", "document", "archive", "other"]


class AssetOwner(Schema):
    """The user who has uploaded a file."""

    id: UUID
    name: str
    username: str


class AssetOut(Schema):
    """A file that a user has uploaded."""

    id: UUID
    organisation: str = Field(description="The slug of the organisation that it belongs to.")
    owner: AssetOwner
    name: str = Field(description="As it was called where it came from, without what nobody sees.")
    original_name: str = Field(description="The same.")
    file_name: str = Field(description="A name of its own in the storage, which keeps equal bytes once.")
    path: str = Field(description="The same with its folder. It leads to nothing but there.")
    mime_type: str = Field(description="By its content, whatever the client said.")
    kind: FileKind
    description_of_kind: str = Field(description="The kind in words, in the language of the reader.")
    size: int = Field(description="Bytes.")
    sha256: str
    url: str = Field(description="Where its bytes are.")
    thumbnail_url: str | None = Field(description="A picture of at most 360 pixels a side; null: none, or none yet.")
    preview_url: str | None = Field(description="A picture of at most 1600 pixels a side; null: none, or none yet.")
    state: State = Field(description="`pending` until thumbnails and metadata are made, `failed` where they can't be.")
    width: int | None = Field(description="Pixels, as it is seen upright.")
    height: int | None
    duration: float | None = Field(description="Seconds.")
    pages: int | None
    photo_data: PhotoData | None = Field(
        description="What became of the place, time and camera that a picture, video or sound names: `removed`; "
        "`none`: it names none; `partial`: some of it can't be; `unsupported`: not looked for in this format; "
        "`failed`: it can't be read; `kept`: the organisation keeps it. Null for files of other kinds."
    )
    placeholder: str | None = Field(description="A colour to show until the picture is there.")
    metadata: dict[str, Any]
    alt_text: str
    created_at: Timestamp

    @classmethod
    def of(cls, asset: Asset) -> AssetOut:
        """Return the shape of an asset that is loaded `for_listing`."""
        blob, owner, metadata = asset.blob, asset.owner, asset.metadata
        shown = {name: metadata.get(name) for name in SHOWN}
        return cls.model_construct(
            id=asset.pk,
            organisation=asset.organisation.slug,
            owner=AssetOwner.model_construct(id=owner.pk, name=owner.name, username=owner.username),
            name=asset.name,
            original_name=asset.name,
            file_name=str(asset.pk),
            path=f"{STORED}/{asset.pk}",
            mime_type=blob.mime_type,
            kind=cast(FileKind, blob.kind),
            description_of_kind=str(describe_kind(asset.name, blob.mime_type)),
            size=blob.size,
            sha256=blob.sha256,
            url=f"{API}/{asset.pk}/content",
            thumbnail_url=_build_thumbnail_url(asset, "small"),
            preview_url=_build_thumbnail_url(asset, "large"),
            state=cast(State, asset.state),
            photo_data=asset.shown_photo_data,
            metadata=metadata,
            alt_text=asset.alt_text,
            created_at=asset.created_at,
            **shown,
        )


class AssetPatch(Schema):
    name: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = LEFT_OUT
    alt_text: Annotated[str, StringConstraints(max_length=MAX_ALT_TEXT)] = Field(
        default=LEFT_OUT, description="What a picture shows, for those who don't see it."
    )


def _build_thumbnail_url(asset: Asset, size: str) -> str | None:
    return f"{API}/{asset.pk}/thumbnail?size={size}" if asset.find_thumbnail(size) else None
