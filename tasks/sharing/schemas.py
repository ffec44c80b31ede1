"""Shapes of share links."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, StrictBool

from lib.web.schemas import Moment, Schema, Timestamp
from lib.web.site import get_site_origin
from tasks.models import ShareLink

Assignees = Literal["hidden", "initials", "names"]


class ShareLinkIn(Schema):
    """What the link to a board shows, and until when it works."""

    expires_at: Moment | None = Field(default=None, description="Null: until it is revoked.")
    assignees: Assignees = Field(default="hidden", description="How cards show who does a task.")
    shows_descriptions: StrictBool = Field(default=False, description="Whether cards have the descriptions of tasks.")


class ShareLinkOut(Schema):
    """The link by which anyone can read the board of a project. Keep it as you keep a password."""

    url: str
    expires_at: Timestamp | None = Field(description="Null: it works until it is revoked.")
    assignees: Assignees
    shows_descriptions: bool
    created_at: Timestamp = Field(description="When this address was made.")
    updated_at: Timestamp

    @classmethod
    def of(cls, link: ShareLink) -> Self:
        fields = ("expires_at", "assignees", "shows_descriptions", "created_at", "updated_at")
        url = f"{get_site_origin()}{link.url}"
        return cls.model_construct(url=url, **{field: getattr(link, field) for field in fields})
