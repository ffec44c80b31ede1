"""References to tasks, as REST answers carry them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, field_validator

from lib.web.schemas import Schema
from tasks.models import Task
from tasks.work.schemas import StatusName

MAX_REFERENCES = 200
Listed = Annotated[str, StringConstraints(max_length=8000)]


class ReferencesQuery(Schema):
    """Query parameters of references."""

    keys: Listed = Field(default="", description="Of tasks, with commas between them: `ATR-12,HL-3`. At most 200.")
    message_ids: Listed = Field(default="", description="Of messages, with commas between them. At most 200.")

    def list_keys(self) -> list[str]:
        """Return the keys that are asked for."""
        return [key for key in self.keys.split(",") if key][:MAX_REFERENCES]

    def list_message_ids(self) -> list[UUID]:
        """Return the messages that are asked for."""
        return [UUID(each) for each in self.message_ids.split(",") if each][:MAX_REFERENCES]

    @field_validator("message_ids")
    @classmethod
    def _check_ids(cls, text: str) -> str:
        for each in text.split(","):
            if each:
                UUID(each)
        return text


class TaskReferenceOut(BaseModel):
    """What a link to a task shows."""

    id: UUID
    project_id: UUID
    key: str
    title: str
    status: StatusName
    message_id: UUID | None = Field(description="The message that it was made of.")

    @classmethod
    def of(cls, task: Task) -> TaskReferenceOut:
        """Return the shape of a task whose project is loaded."""
        return cls.model_construct(
            id=task.pk,
            project_id=task.project_id,
            key=f"{task.project.key}-{task.number}",
            title=task.title,
            status=task.status,
            message_id=task.message_id,
        )


class TaskReferences(BaseModel):
    """Tasks that you can see."""

    items: list[TaskReferenceOut]
