"""Relations of tasks, as REST answers carry them."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from lib.web.schemas import Timestamp
from tasks.models import Task, TaskRelation
from tasks.work.schemas import StatusName

KindName = Literal["blocks", "blocked_by", "duplicates", "duplicated_by", "relates"]
INVERSES: dict[str, KindName] = {"blocks": "blocked_by", "duplicates": "duplicated_by", "relates": "relates"}
TaskKey = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=30, pattern=r"^[A-Za-z][A-Za-z0-9]*-\d{1,12}$")
]


class RelatedTaskOut(BaseModel):
    """The other task of a relation."""

    id: UUID
    project_id: UUID
    key: str = Field(description="Of the project, and the number: `ATR-12`.")
    title: str
    status: StatusName

    @classmethod
    def of(cls, task: Task) -> RelatedTaskOut:
        """Return the shape of a task whose project is loaded."""
        return cls.model_construct(
            id=task.pk,
            project_id=task.project_id,
            key=f"{task.project.key}-{task.number}",
            title=task.title,
            status=task.status,
        )


class RelationOut(BaseModel):
    """A relation of a task to another one."""

    id: UUID
    kind: KindName = Field(description="What this task does to the other one.")
    task: RelatedTaskOut = Field(description="The other one.")
    created_at: Timestamp

    @classmethod
    def of(cls, relation: TaskRelation, task_id: UUID) -> RelationOut:
        """Return the shape of a relation as one of its tasks has it; both are loaded."""
        is_own = relation.task_id == task_id
        return cls.model_construct(
            id=relation.pk,
            kind=relation.kind if is_own else INVERSES[relation.kind],
            task=RelatedTaskOut.of(relation.other if is_own else relation.task),
            created_at=relation.created_at,
        )


class RelationIn(BaseModel):
    kind: KindName
    task_id: UUID | None = Field(default=None, description="The other task.")
    key: TaskKey | None = Field(default=None, description="Or its key, in the same organisation: `ATR-12`.")

    @model_validator(mode="after")
    def require_one(self) -> Self:
        """Raise PydanticCustomError unless one of id and key names the other task."""
        if (self.task_id is None) == (self.key is None):
            raise PydanticCustomError("one_task", "Name the other task by `task_id` or by `key`.")
        return self
