"""What the page of files is narrowed to."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from assets.library.schemas import Sort
from lib.media.kinds import Kind
from lib.web.schemas import Schema

Group = Literal["images", "documents", "media", "other"]
GROUPS: dict[Group, tuple[Kind, ...]] = {
    "images": (Kind.IMAGE,),
    "documents": (Kind.PDF, Kind.TEXT, Kind.DOCUMENT),
    "media": (Kind.VIDEO, Kind.AUDIO),
    "other": (Kind.ARCHIVE, Kind.OTHER),
}
Period = Literal["today", "week", "month", "year"]


class LibraryFilters(Schema):
    """Filters of the query string, beside `q`."""

    kind: Group | None = None
    owner: Literal["me"] | UUID | None = None
    room: UUID | None = None
    during: Period | None = None
    sort: Sort = Sort.NEWEST
