"""Projects, as REST answers and events carry them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from accounts.schemas import UserOut
from lib.text.markdown.document import render
from lib.web.pagination import PageQuery
from lib.web.schemas import LEFT_OUT, Name, Search, Timestamp
from tasks.models import Column, Label, Project

Key = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z][A-Za-z0-9]{1,5}$"),
    Field(description="Before the numbers of its tasks, as in ATR-12: two to six letters and digits, a letter first."),
]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
GitUrl = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500), Field(description="https, ssh, git@host:path.")
]
GitBranch = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Color = Literal["slate", "red", "orange", "amber", "green", "teal", "blue", "indigo", "violet", "pink"]
Visibility = Annotated[
    Literal["members", "organisation"],
    Field(description="Who sees it and its channels: its members, or all of the organisation but guests."),
]
StatusName = Literal["pending", "in_progress", "completed"]
ShortName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class ProjectRowOut(BaseModel):
    """A project, as events carry it."""

    id: UUID
    organisation: str
    name: str
    key: str
    description: str = Field(description="Markdown.")
    description_html: str
    color: Color
    picture_url: str | None = Field(description="The path of its picture on this server; null: none.")
    git_url: str
    git_branch: str
    start_date: date | None = Field(description="When it is to begin.")
    target_date: date | None = Field(description="When it is to be done.")
    owner: UserOut | None
    visibility: Visibility
    state: Literal["active", "archived", "deleted"]
    is_template: bool
    announces_tasks: bool = Field(description="Whether cards in its main channel tell of its tasks.")
    channel_id: UUID = Field(description="The room that all its members are in; it has the project's id.")
    member_count: int
    created_at: Timestamp
    updated_at: Timestamp
    archived_at: Timestamp | None

    @classmethod
    def of(cls, project: Project) -> ProjectRowOut:
        """Return the shape of a project whose organisation, channel and owner are loaded."""
        return cls.model_construct(**_read_fields(project))


class TaskCounts(BaseModel):
    """How many tasks there are of each status."""

    pending: int = 0
    in_progress: int = 0
    completed: int = 0

    @property
    def total(self) -> int:
        return self.pending + self.in_progress + self.completed

    @property
    def completed_percent(self) -> int:
        return 100 * self.completed // max(1, self.total)

    @property
    def in_progress_percent(self) -> int:
        return 100 * self.in_progress // max(1, self.total)


class ProjectOut(ProjectRowOut):
    """A project that you can see."""

    tasks: TaskCounts
    role: Literal["admin", "member"] | None = Field(description="Yours in it; null: you are not in it.")

    @classmethod
    def of_reader(cls, project: Project, *, role: str | None, tasks: TaskCounts) -> ProjectOut:
        """Return the shape of a project for a user, with their role in it."""
        return cls.model_construct(role=role, tasks=tasks, **_read_fields(project))


class ProjectsQuery(PageQuery):
    """Query parameters of a list of projects."""

    state: Literal["active", "archived", "all", "deleted"] = Field(
        default="active", description="`all`: active and archived; `deleted`: those that you can restore."
    )
    q: Search = Field(default="", description="A piece of their name, or the beginning of their key.")


class ProjectIn(BaseModel):
    name: Name
    key: Key | Literal[""] = Field(default="", description="Left out: made of the name.")
    description: Description = ""
    color: Color = "slate"
    git_url: GitUrl = ""
    git_branch: GitBranch = ""
    start_date: date | None = None
    target_date: date | None = None
    visibility: Visibility = "members"
    member_ids: list[UUID] = Field(default=[], max_length=500)
    template_id: UUID | None = Field(
        default=None, description="A project that you see, whose columns, labels and tasks it begins with."
    )


class ProjectCopy(BaseModel):
    name: Name
    key: Key | Literal[""] = Field(default="", description="Left out: made of the name.")
    visibility: Visibility = "members"
    member_ids: list[UUID] = Field(default=[], max_length=500)


class ProjectPatch(BaseModel):
    name: Name = LEFT_OUT
    key: Key = LEFT_OUT
    description: Description | None = Field(default=LEFT_OUT, description="Null clears it.")
    color: Color = LEFT_OUT
    git_url: GitUrl | None = Field(default=LEFT_OUT, description="Null clears it.")
    git_branch: GitBranch | None = Field(default=LEFT_OUT, description="Null clears it.")
    start_date: date | None = Field(default=LEFT_OUT, description="Null clears it.")
    target_date: date | None = Field(default=LEFT_OUT, description="Null clears it.")
    is_template: bool = LEFT_OUT
    announces_tasks: bool = LEFT_OUT
    owner_id: UUID = Field(default=LEFT_OUT, description="A member of the project.")
    visibility: Visibility = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `update_project`."""
        return {field: "" if value is None else value for field, value in self.model_dump(exclude_unset=True).items()}


class ColumnOut(BaseModel):
    """A column of a project's board."""

    id: UUID
    project_id: UUID
    name: str
    status: StatusName
    position: str = Field(
        description="Columns stand in the order of these, compared by their bytes, then of their ids."
    )

    @classmethod
    def of(cls, column: Column) -> ColumnOut:
        """Return the shape of a column."""
        return cls.model_construct(**{name: getattr(column, name) for name in cls.model_fields})


class ColumnIn(BaseModel):
    name: ShortName
    status: StatusName = "pending"
    before: UUID | None = Field(default=None, description="The column that it stands before.")
    after: UUID | None = Field(default=None, description="The column that it stands behind; neither: at the end.")


class ColumnPatch(BaseModel):
    name: ShortName = LEFT_OUT
    status: StatusName = Field(default=LEFT_OUT, description="The tasks in it get it too.")
    before: UUID = Field(default=LEFT_OUT, description="Move it before this column.")
    after: UUID = Field(default=LEFT_OUT, description="Move it behind this column.")

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `update_column`."""
        return self.model_dump(exclude_unset=True)


class LabelOut(BaseModel):
    """A label of a project's tasks."""

    id: UUID
    project_id: UUID
    name: str
    color: Color

    @classmethod
    def of(cls, label: Label) -> LabelOut:
        """Return the shape of a label."""
        return cls.model_construct(**{name: getattr(label, name) for name in cls.model_fields})


class LabelIn(BaseModel):
    name: ShortName
    color: Color = "slate"


class LabelPatch(BaseModel):
    name: ShortName = LEFT_OUT
    color: Color = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `update_label`."""
        return self.model_dump(exclude_unset=True)


def _read_fields(project: Project) -> dict[str, Any]:
    """Return the fields of `ProjectRowOut`."""
    names = ("id", "name", "key", "description", "color", "git_url", "git_branch", "visibility", "state")
    more = (
        "start_date",
        "target_date",
        "is_template",
        "announces_tasks",
        "channel_id",
        "created_at",
        "updated_at",
        "archived_at",
        "picture_url",
    )
    return {name: getattr(project, name) for name in (*names, *more)} | {
        "organisation": project.organisation.slug,
        "description_html": render(project.description) if project.description else "",
        "owner": UserOut.of(project.owner) if project.owner else None,
        "member_count": project.channel.member_count or 0,
    }
