"""Shapes of organisations, members and invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, StrictBool

from accounts.models import Invitation, Membership, Organisation
from accounts.models.organisations import MAX_WINDOW
from accounts.schemas import OrganisationName, UserOut
from lib.web.schemas import LEFT_OUT, Email, Kind, Name, OnOff, Role, Schema, Search, Slug, Timestamp

Window = Annotated[int, Field(strict=True, ge=0, le=MAX_WINDOW)]


class OrganisationOut(Schema):
    """An organisation, and the role in it of the user who asks."""

    id: UUID
    name: str
    slug: str
    role: Role
    requires_second_factor: bool
    link_previews: bool
    removes_photo_data: bool = Field(
        description="Whether pictures, videos and sounds are stored without the place, time and camera that they name."
    )
    edit_window: int | None = Field(description="Minutes for which authors may edit a message; 0: never, null: always.")
    delete_window: int | None = Field(description="Minutes for which authors may delete one; 0: never, null: always.")
    read_receipts: bool = Field(description="Whether members see who has read a message.")
    emoji_by_admins: bool = Field(description="Whether only owners and admins add emoji.")
    share_links: bool = Field(description="Whether boards can be shared with anyone by a link.")
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, organisation: Organisation, *, role: str) -> Self:
        fields = (
            *("id", "name", "slug", "requires_second_factor", "link_previews", "removes_photo_data"),
            *("edit_window", "delete_window", "read_receipts", "emoji_by_admins", "share_links"),
            *("created_at", "updated_at"),
        )
        return cls.model_construct(role=role, **{field: getattr(organisation, field) for field in fields})


class OrganisationIn(Schema):
    name: Name
    slug: Slug | None = None


class OrganisationPatch(Schema):
    name: Name = LEFT_OUT
    requires_second_factor: StrictBool = Field(
        default=LEFT_OUT, description="Members without a second factor can then do nothing before they turn one on."
    )
    link_previews: StrictBool = Field(
        default=LEFT_OUT, description="Whether this server asks for the pages that messages link to."
    )
    removes_photo_data: StrictBool = Field(
        default=LEFT_OUT,
        description="Whether pictures, videos and sounds that are uploaded from now on are stored without the place, "
        "time and camera that they name.",
    )
    edit_window: Window | None = Field(
        default=LEFT_OUT, description="Minutes for which authors may edit a message; 0: never, null: always."
    )
    delete_window: Window | None = Field(
        default=LEFT_OUT,
        description="Minutes for which authors may delete a message; 0: never, null: always. Admins of a room may "
        "delete any at any time.",
    )
    read_receipts: StrictBool = Field(default=LEFT_OUT, description="Whether members see who has read a message.")
    emoji_by_admins: StrictBool = Field(default=LEFT_OUT, description="Whether only owners and admins add emoji.")
    share_links: StrictBool = Field(
        default=LEFT_OUT,
        description="Whether boards can be shared with anyone by a link. Forbidding it revokes all links.",
    )


class MemberFilters(Schema):
    """Filters of members. What is left out, or left empty, does not filter."""

    q: Search = Field(default="", description="Part of a name or a username; for administrators of an address too.")
    role: Role | None = None
    kind: Kind | None = None
    second_factor: OnOff | None = Field(default=None, description="For administrators only.")


class MemberOut(Schema):
    user: UserOut
    role: Role
    joined_at: Timestamp

    @classmethod
    def of(cls, membership: Membership, *, with_email: bool = False) -> Self:
        return cls.model_construct(
            user=UserOut.of(membership.user, with_email=with_email),
            role=membership.role,
            joined_at=membership.created_at,
        )


class MemberProfileOut(MemberOut):
    """Member as their profile card shows them."""

    time_zone: str | None = Field(description="As IANA names it; null where their browser alone knows it.")

    @classmethod
    def of(cls, membership: Membership, *, with_email: bool = False) -> Self:
        profile = super().of(membership, with_email=with_email)
        profile.time_zone = membership.user.time_zone or None
        return profile


class MemberPatch(Schema):
    role: Role


class InvitationIn(Schema):
    email: Email | None = None
    role: Role = "member"
    expires_at: datetime | None = Field(default=None, description="In a week unless given; 90 days from now at most.")


class InvitationOut(Schema):
    id: UUID
    token: str
    url: str
    role: Role
    email: str | None
    expires_at: Timestamp
    accepted_at: Timestamp | None
    created_at: Timestamp

    @classmethod
    def of(cls, invitation: Invitation, *, url: str) -> Self:
        fields = ("id", "token", "role", "email", "expires_at", "accepted_at", "created_at")
        return cls.model_construct(url=url, **{field: getattr(invitation, field) for field in fields})


class InvitationPreview(Schema):
    """An invitation as its holder sees it."""

    organisation: OrganisationName
    role: Role
    email: str | None
    invited_by: str | None
    expires_at: Timestamp

    @classmethod
    def of(cls, invitation: Invitation, **more: Any) -> Self:
        organisation = invitation.organisation
        return cls.model_construct(
            organisation=OrganisationName.model_construct(name=organisation.name, slug=organisation.slug),
            role=invitation.role,
            email=invitation.email,
            invited_by=invitation.created_by.name if invitation.created_by else None,
            expires_at=invitation.expires_at,
            **more,
        )


class AwaitingInvitationOut(InvitationPreview):
    """An invitation for the address of the user who asks."""

    id: UUID

    @classmethod
    def of(cls, invitation: Invitation, **more: Any) -> Self:
        return super().of(invitation, id=invitation.pk, **more)
