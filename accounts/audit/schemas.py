"""The audit trail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from accounts.models import AuditEntry, User
from accounts.schemas import OrganisationName
from lib.web.schemas import Search, Slug, Timestamp

Action = Literal["create", "update", "delete"]


class AuditActorOut(Schema):
    """Who made a change, as they are called today. What else they say of themself isn't for the trail to tell."""

    id: UUID
    username: str
    name: str
    kind: Literal["human", "agent"]

    @classmethod
    def of(cls, user: User) -> Self:
        return cls.model_construct(id=user.pk, username=user.username, name=user.name, kind=user.kind)


class AuditEntryOut(Schema):
    """One change of one row. `changes` has what each field was and what it is; two nulls: nobody is told."""

    id: UUID
    organisation: OrganisationName | None = Field(description="Null: it belongs to none, or to one that is gone.")
    user: AuditActorOut | None = Field(description="Null: the command line, Atrium itself, or somebody deleted.")
    action: Action
    table_name: str
    record_id: UUID
    record_name: str = Field(description="What the row was called then.")
    changes: dict[str, tuple[Any, Any]]
    ip_address: str | None
    created_at: Timestamp

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        fields = ("id", "action", "table_name", "record_id", "record_name", "changes", "ip_address", "created_at")
        organisation = entry.organisation
        return cls.model_construct(
            organisation=organisation
            and OrganisationName.model_construct(name=organisation.name, slug=organisation.slug),
            user=AuditActorOut.of(entry.user) if entry.user else None,
            **{field: getattr(entry, field) for field in fields},
        )


class AuditFilters(Schema):
    """What is given narrows the list down."""

    user: UUID | None = Field(default=None, description="Who did it.")
    action: Action | None = None
    table: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,63}$")] | None = Field(
        default=None, description="As `table_name` has it.", examples=["accounts_membership"]
    )
    record: UUID | None = Field(default=None, description="What was changed: its id.")
    since: datetime | None = Field(default=None, alias="from", description="Not before; in UTC unless it says more.")
    until: datetime | None = Field(default=None, alias="to", description="Before this moment.")
    q: Search | None = Field(default=None, description="Part of who did it, or of what the row was called.")

    @field_validator("since", "until")
    @classmethod
    def _in_utc(cls, moment: datetime | None) -> datetime | None:
        if moment is None or moment.tzinfo is None:
            return moment and moment.replace(tzinfo=UTC)
        try:
            return moment.astimezone(UTC)
        except OverflowError as error:
            raise PydanticCustomError("moment", "No calendar goes that far.") from error


class EverywhereFilters(AuditFilters):
    organisation: Slug | None = Field(default=None, description="The address of one organisation.")
