"""Tasks, as REST answers and events carry them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from pydantic import AfterValidator, AliasChoices, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from accounts.schemas import UserOut
from lib.web.schemas import LEFT_OUT, Moment, Page, Timestamp
from tasks.models import MAX_ASSIGNEES, MAX_DESCRIPTION, MAX_TITLE, Label, Task, TaskChange
from tasks.work.rules import clean_rule


def _check_rule(text: str) -> str:
    """Return a rule in one spelling, before a project is locked: it takes a while to find that one gives no date."""
    try:
        return clean_rule(text)
    except ValidationError as error:
        raise PydanticCustomError("recurrence", "{reason}", {"reason": " ".join(error.messages)}) from error


MAX_BULK = 500
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TITLE)]
Markdown = Annotated[str, StringConstraints(max_length=MAX_DESCRIPTION)]
StatusName = Literal["pending", "in_progress", "completed"]
PriorityName = Literal["none", "low", "medium", "high", "urgent"]
PRIORITIES: tuple[PriorityName, ...] = ("none", "low", "medium", "high", "urgent")
QuickText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$"),
    Field(description="`Mend the light #harbour @bob !high tomorrow 14:00 ~2h`; a backslash before a word keeps it."),
]
Rule = Annotated[str, AfterValidator(_check_rule)]
Seconds = Annotated[int, Field(ge=0, le=10**9, description="In seconds.")]
ExternalId = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class TaskLabelOut(BaseModel):
    """A label of a task."""

    id: UUID
    name: str
    color: str

    @classmethod
    def of(cls, label: Label) -> TaskLabelOut:
        """Return the shape of a label."""
        return cls.model_construct(id=label.pk, name=label.name, color=label.color)


class TaskOut(BaseModel):
    """A task."""

    id: UUID
    project_id: UUID
    key: str = Field(description="Of the project, and the number: `ATR-12`.")
    number: int
    version: int = Field(description="Of the project, at the latest change of the task.")
    title: str
    description: str = Field(description="Markdown.")
    status: StatusName
    column_id: UUID | None = Field(description="Null: it waits in the triage of the project.")
    position: str = Field(description="Its place in the column, compared by bytes; of equal ones the id decides.")
    priority: PriorityName
    owner: UserOut | None = Field(description="Who created it.")
    assignees: list[UserOut]
    labels: list[TaskLabelOut]
    start_date: date | None
    start_at: Timestamp | None = Field(description="Where a time was chosen too.")
    due_date: date | None
    due_at: Timestamp | None = Field(description="Where a time was chosen too.")
    estimate: int | None = Field(description="In seconds.")
    time_spent: int = Field(description="In seconds.")
    parent_id: UUID | None
    subtask_count: int
    completed_subtask_count: int
    attachment_count: int
    comment_count: int
    message_id: UUID | None = Field(description="The message that it was made of.")
    external_id: str | None
    recurrence: str = Field(description="An RRULE of RFC 5545; empty: none.")
    repetition: Literal["completion", "due"] = Field(description="When the next one is made.")
    snoozed_until: Timestamp | None
    started_at: Timestamp | None
    completed_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, task: Task) -> TaskOut:
        """Return the shape of a task of `for_display`."""
        same = {name: getattr(task, name) for name in SAME}
        return cls.model_construct(
            key=f"{task.project.key}-{task.number}",
            priority=PRIORITIES[task.priority],
            owner=UserOut.of(task.creator) if task.creator else None,
            assignees=[UserOut.of(each.user) for each in task.assignees.all()],
            labels=[TaskLabelOut.of(each.label) for each in task.task_labels.all()],
            comment_count=(task.card_summary or {}).get("reply_count", 0),  # type: ignore[attr-defined]
            **same,
        )


SAME = tuple(
    name
    for name in TaskOut.model_fields
    if name not in ("key", "priority", "owner", "assignees", "labels", "comment_count")
)


class TaskFields(BaseModel):
    """What can be chosen of a task. What is left out stays, or is empty in a new one."""

    description: Markdown = LEFT_OUT
    status: StatusName = Field(default=LEFT_OUT, description="Puts it into the first column of that status.")
    column_id: UUID | None = Field(default=LEFT_OUT, description="Null: into the triage.")
    priority: PriorityName = LEFT_OUT
    assignee_ids: list[UUID] = Field(default=LEFT_OUT, max_length=MAX_ASSIGNEES, description="Members of the project.")
    label_ids: list[UUID] = Field(default=LEFT_OUT, max_length=50)
    start_date: date | None = LEFT_OUT
    start_at: Moment | None = Field(default=LEFT_OUT, description="A time of that day; it implies `start_date`.")
    due_date: date | None = LEFT_OUT
    due_at: Moment | None = Field(default=LEFT_OUT, description="A time of that day; it implies `due_date`.")
    time_zone: str = Field(default=LEFT_OUT, max_length=64, description="Of these times. Yours, where it is left out.")
    estimate: Seconds | None = LEFT_OUT
    parent_id: UUID | None = LEFT_OUT
    external_id: ExternalId | None = LEFT_OUT
    recurrence: Rule = Field(default=LEFT_OUT, max_length=500, description="An RRULE of RFC 5545; empty: none.")
    repetition: Literal["completion", "due"] = LEFT_OUT
    snoozed_until: Moment | None = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as services take them."""
        given = self.model_dump(exclude_unset=True, exclude={"version", "id"})
        if "priority" in given:
            given["priority"] = PRIORITIES.index(given["priority"])
        return given


class TaskIn(TaskFields):
    title: Title


class TaskPatch(TaskFields):
    title: Title = LEFT_OUT
    version: int = Field(
        default=LEFT_OUT,
        description="Of the task as you know it: a field that others have changed since is refused with 409.",
    )


class QuickTaskIn(BaseModel):
    text: QuickText
    column_id: UUID | None = Field(default=LEFT_OUT, description="Null: into the triage.")


class QuickTaskOut(BaseModel):
    """What a line means: a task that is not created yet. What is not understood stays in the title."""

    title: str
    priority: PriorityName | None
    due_date: date | None
    due_time: str | None = Field(description="By your clock: `14:00`.")
    estimate: int | None = Field(description="In seconds.")
    assignees: list[UserOut]
    labels: list[TaskLabelOut]


class TaskMove(BaseModel):
    column_id: UUID | None = Field(description="Null: into the triage.")
    after_id: UUID | None = Field(default=None, description="The task above it; null: none.")
    before_id: UUID | None = Field(default=None, description="The task below it; both left out: at the end.")


class TaskChoice(BaseModel):
    task_ids: list[UUID] = Field(min_length=1, max_length=MAX_BULK, description="Of one project.")


class TasksMove(TaskMove, TaskChoice):
    """Tasks in the order that they get, and their place."""


class TasksPatch(TaskChoice):
    changes: TaskPatch = Field(description="Made to all of them; `version` counts for nothing.")


class BulkItem(TaskPatch):
    id: UUID | None = Field(default=None, description="A task to change; null: create one.")


class BulkIn(BaseModel):
    items: list[BulkItem] = Field(
        min_length=1, max_length=MAX_BULK, validation_alias=AliasChoices("items", "tasks"), description="Or `tasks`."
    )
    all_or_none: bool = Field(default=True, description="False: each that can be saved is.")


class BulkFault(BaseModel):
    """Why one of many could not be saved."""

    index: int = Field(description="Its place in what was sent, from 0.")
    detail: str


class BulkOut(BaseModel):
    """Tasks as they were saved, and those that could not be."""

    items: list[TaskOut | None] = Field(description="In the order in which they were sent; null: not saved.")
    errors: list[BulkFault]


class TaskPage(Page[TaskOut]):
    """Part of a list of tasks, and how many it has in all."""

    total: int


class TaskChangeOut(BaseModel):
    """A change of one field of a task."""

    task_id: UUID
    version: int
    field: str
    before: Any
    after: Any
    actor: UserOut | None
    created_at: Timestamp

    @classmethod
    def of(cls, change: TaskChange) -> TaskChangeOut:
        """Return the shape of a change whose actor is loaded."""
        return cls.model_construct(
            task_id=change.task_id,
            version=change.version,
            field=change.field,
            before=change.before,
            after=change.after,
            actor=UserOut.of(change.actor) if change.actor else None,
            created_at=change.created_at,
        )
