"""Saved views, as REST answers carry them."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from accounts.schemas import UserOut
from lib.web.schemas import LEFT_OUT, Timestamp
from tasks.models import SavedView

Layout = Literal["board", "list", "calendar"]
ViewName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
ViewQuery = Annotated[
    str,
    StringConstraints(max_length=2000),
    Field(description="As in the address of the page: `priority=high&sort=due`."),
]


class SavedViewOut(BaseModel):
    """A filter that is saved by name."""

    id: UUID
    project_id: UUID
    name: str
    layout: Layout
    query: str
    is_shared: bool = Field(description="All who see the project see it; else its owner alone.")
    owner: UserOut
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, view: SavedView) -> SavedViewOut:
        """Return the shape of a view whose owner is loaded."""
        same = ("id", "project_id", "name", "layout", "query", "is_shared", "created_at", "updated_at")
        return cls.model_construct(owner=UserOut.of(view.owner), **{name: getattr(view, name) for name in same})


class SavedViewIn(BaseModel):
    name: ViewName
    layout: Layout = "list"
    query: ViewQuery = ""
    is_shared: bool = False


class SavedViewPatch(BaseModel):
    name: ViewName = LEFT_OUT
    layout: Layout = LEFT_OUT
    query: ViewQuery = LEFT_OUT
    is_shared: bool = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `update_view`."""
        return self.model_dump(exclude_unset=True)
