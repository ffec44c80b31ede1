"""Define the schemas of audit entries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from accounts.models import AuditEntry, User
from accounts.schemas import OrganisationName
from lib.web.schemas import Schema, Search, Slug, Timestamp, convert_to_utc

Action = Literal["create", "update", "delete"]


class AuditActorOut(Schema):
    """User who made a change, with their present name, and without the rest of their profile."""

    id: UUID
    username: str
    name: str
    kind: Literal["human", "agent"]

    @classmethod
    def of(cls, user: User) -> Self:
        return cls.model_construct(id=user.pk, username=user.username, name=user.name, kind=user.kind)


class AuditEntryOut(Schema):
    """Change of one row. `changes` maps each changed field to its old and new value; two nulls hide a secret."""

    id: UUID
    organisation: OrganisationName | None = Field(description="Null: it belongs to none, or to a deleted one.")
    user: AuditActorOut | None = Field(description="Null: the command line, Atrium itself, or a deleted user.")
    action: Action
    table_name: str
    record_id: UUID
    record_name: str = Field(description="The name of the row at that time.")
    changes: dict[str, Annotated[list[Any], Field(min_length=2, max_length=2)]]
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
    """Filters of audit entries, which match all that are given."""

    user: UUID | None = Field(default=None, description="The id of the user who made the change.")
    action: Action | None = None
    table: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,63}$")] | None = Field(
        default=None, description="The `table_name` of the entries.", examples=["accounts_membership"]
    )
    record: UUID | None = Field(default=None, description="The id of the changed row.")
    since: datetime | None = Field(
        default=None, alias="from", description="At or after this time; in UTC if it has no offset."
    )
    until: datetime | None = Field(
        default=None, alias="to", description="Before this time; in UTC if it has no offset."
    )
    q: Search | None = Field(default=None, description="Part of the name of the user or of the row, or the username.")

    @field_validator("since", "until")
    @classmethod
    def _convert_to_utc(cls, moment: datetime | None) -> datetime | None:
        if moment is None or moment.tzinfo is None:
            return moment and moment.replace(tzinfo=UTC)
        return convert_to_utc(moment)


class SystemAuditFilters(AuditFilters):
    """Filters of audit entries, by organisation too."""

    organisation: Slug | None = Field(default=None, description="The slug of an organisation.")
