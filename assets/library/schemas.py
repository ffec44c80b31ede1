"""What a list of files is narrowed to, and how much is stored."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field

from assets.storing.schemas import AssetOwner, FileKind
from lib.web.schemas import Moment, Schema, Search, Slug


class Sort(StrEnum):
    """Order of a list of files."""

    NEWEST = "newest"
    NAME = "name"
    SIZE = "size"


class AssetFilters(Schema):
    """Query parameters of the list of files."""

    org: Slug | None = Field(default=None, description="In this organisation.")
    kind: FileKind | None = None
    owner: Literal["me"] | UUID | None = Field(default=None, description="Uploaded by this user, or by you.")
    room: UUID | None = Field(default=None, description="In messages of this room.")
    q: Search = Field(default="", description="With this in their names, whatever the case and accents.")
    before: Moment | None = Field(default=None, description="Uploaded before this time.")
    after: Moment | None = Field(default=None, description="Uploaded at this time or later.")
    sort: Sort = Field(default=Sort.NEWEST, description="`newest` first, by `name`, or by `size`, the largest first.")


class KindUseOut(Schema):
    """Bytes of files of a kind."""

    kind: FileKind
    size: int = Field(description="Bytes, each of equal files once.")
    count: int


class OwnerUseOut(Schema):
    """Bytes of files of a user."""

    user: AssetOwner
    size: int = Field(description="Bytes of all their files.")
    count: int


class StorageOut(Schema):
    """How much an organisation has stored."""

    used: int = Field(description="Bytes, with those of deleted files, for a month, and of uploads that are arriving.")
    quota: int | None = Field(description="Bytes that may be used; null: as many as the disk has.")
    by_kind: list[KindUseOut] = Field(description="The largest first.")
    by_user: list[OwnerUseOut] = Field(description="The largest first, at most 20.")
