"""Watchers, as REST answers carry them."""

from __future__ import annotations

from pydantic import BaseModel, Field

from accounts.schemas import UserOut


class WatchOut(BaseModel):
    """Whether you watch a task."""

    is_watching: bool
    watcher_count: int = Field(description="You among them.")


class WatcherOut(BaseModel):
    """A user who is told of the changes of a task."""

    user: UserOut
