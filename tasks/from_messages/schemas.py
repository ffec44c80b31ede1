"""What REST takes to make a task of a message."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from tasks.work.schemas import Title


class TaskOfMessageIn(BaseModel):
    project_id: UUID | None = Field(default=None, description="Left out: the project of the message's room.")
    title: Title | None = Field(default=None, description="Left out: as the message begins.")
