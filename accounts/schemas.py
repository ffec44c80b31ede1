"""Shapes that go in and out, the same for REST, socket and events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, Self, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import Field, PlainSerializer, StrictBool, StringConstraints

from accounts.models import Invitation, LoginAttempt, Membership, Organisation, TokenFamily, User

T = TypeVar("T")
# The default of what a PATCH may leave out; null is no value for it.
LEFT_OUT: Any = None


def to_timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: `2026-03-01T09:30:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Timestamp = Annotated[
    datetime, PlainSerializer(to_timestamp, return_type=str), Field(examples=["2026-03-01T09:30:00.000Z"])
]
Role = Literal["owner", "admin", "member", "guest"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Username = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254, strip_whitespace=True)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Otp = Annotated[str, StringConstraints(max_length=64)]


class Fault(Schema):
    loc: list[str | int]
    msg: str


class Problem(Schema):
    """An error, as RFC 9457 has it. `errors` says where, when the input was invalid."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[Fault] | None = None


class Page(Schema, Generic[T]):
    """Part of a list. Ask again with `cursor=next_cursor` until it is null."""

    items: list[T]
    next_cursor: str | None


class UserOut(Schema):
    """A person or an agent. `email` is null for everybody but oneself and administrators."""

    id: UUID
    email: str | None
    username: str
    name: str
    kind: Literal["human", "agent"]
    avatar_url: str | None
    presence: Literal["online", "away", "busy", "offline"]

    @classmethod
    def of(cls, user: User, *, with_email: bool = False, **more: Any) -> Self:
        return cls.model_construct(
            id=user.pk,
            email=user.email if with_email else None,
            username=user.username,
            name=user.name,
            kind=user.kind,
            avatar_url=None,
            presence=user.current_presence,
            **more,
        )


class MeOut(UserOut):
    """What one sees of oneself."""

    role: Literal["user", "admin"]
    theme: Literal["system", "light", "dark"]
    metadata: dict[str, Any]
    email_verified: bool
    created_at: Timestamp

    @classmethod
    def about(cls, user: User) -> Self:
        return cls.of(
            user,
            with_email=True,
            role=user.role,
            theme=user.theme,
            metadata=user.metadata,
            email_verified=user.email_verified_at is not None,
            created_at=user.created_at,
        )


class MeIn(Schema):
    name: Name = LEFT_OUT
    username: Username = LEFT_OUT
    theme: Literal["system", "light", "dark"] = LEFT_OUT
    metadata: dict[str, Any] = Field(default=LEFT_OUT, description="Merged by key; a key set to null goes.")


class PasswordIn(Schema):
    current_password: Password
    new_password: Password


class PasswordCheckIn(Schema):
    """Who it is for counts too: a password is nothing like one's name. Whoever is signed in needn't say."""

    password: Password
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    username: Annotated[str, StringConstraints(max_length=40)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""


class PasswordCheckOut(Schema):
    problems: list[str]


class AddressIn(Schema):
    email: Email
    current_password: Password


class SignupIn(Schema):
    email: Email
    password: Password
    name: Name
    username: Username | None = None
    invitation: Token | None = Field(default=None, description="Needed where sign-up is by invitation only.")


class CredentialsIn(Schema):
    email: Email
    password: Password
    otp: Otp | None = Field(default=None, description="Where there is a second factor: its code, or a recovery code.")


class RefreshIn(Schema):
    refresh_token: Token


class TokenOut(Schema):
    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_at: Timestamp


class SecondFactorOut(Schema):
    """`required_by` names the organisations that ask for it."""

    enabled: bool
    confirmed_at: Timestamp | None
    recovery_codes_left: int
    required_by: list[str]


class EnrolmentOut(Schema):
    secret: str
    otpauth_url: str


class OtpIn(Schema):
    otp: Otp


class SecondFactorRemovalIn(OtpIn):
    password: Password | None = Field(default=None, description="Has to be right when it is given.")


class RecoveryCodesOut(Schema):
    """Shown this once: only hashes are kept."""

    recovery_codes: list[str]


class SessionOut(Schema):
    """A browser, or a REST client with its tokens."""

    id: UUID
    kind: Literal["browser", "token"]
    ip_address: str | None
    user_agent: str
    last_activity: Timestamp | None
    created_at: Timestamp
    current: bool

    @classmethod
    def of(cls, place: Any, *, here: UUID) -> Self:
        fields = ("id", "kind", "ip_address", "user_agent", "last_activity", "created_at")
        return cls.model_construct(current=place.id == here, **{field: getattr(place, field) for field in fields})


class LoginAttemptOut(Schema):
    """A try to sign in, by oneself or by somebody else. `reason` says why it failed."""

    id: UUID
    method: str
    outcome: Literal["success", "failure"]
    reason: str
    ip_address: str | None
    user_agent: str
    created_at: Timestamp

    @classmethod
    def of(cls, attempt: LoginAttempt) -> Self:
        fields = ("id", "method", "outcome", "reason", "ip_address", "user_agent", "created_at")
        return cls.model_construct(**{field: getattr(attempt, field) for field in fields})


class PersonalTokenIn(Schema):
    name: Name
    scopes: list[Annotated[str, StringConstraints(max_length=60)]] = Field(max_length=100)
    expires_at: datetime | None = Field(default=None, description="Never unless given; ten years from now at most.")


class PersonalTokenOut(Schema):
    """A token made by hand. Its text is shown once, when it is made."""

    id: UUID
    name: str
    scopes: list[str]
    last_used_at: Timestamp | None
    expires_at: Timestamp | None
    created_at: Timestamp

    @classmethod
    def of(cls, family: TokenFamily, **more: Any) -> Self:
        fields = ("id", "name", "scopes", "last_used_at", "expires_at", "created_at")
        return cls.model_construct(**{field: getattr(family, field) for field in fields}, **more)


class NewPersonalTokenOut(PersonalTokenOut):
    token: str = Field(description="Keep it: nobody can look it up again.")


class OrganisationOut(Schema):
    """An organisation, and the reader's role in it."""

    id: UUID
    name: str
    slug: str
    role: Role
    requires_second_factor: bool
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, organisation: Organisation, *, role: str) -> Self:
        fields = ("id", "name", "slug", "requires_second_factor", "created_at", "updated_at")
        return cls.model_construct(role=role, **{field: getattr(organisation, field) for field in fields})


class OrganisationIn(Schema):
    name: Name
    slug: Slug | None = None


class OrganisationPatch(Schema):
    name: Name = LEFT_OUT
    requires_second_factor: StrictBool = Field(
        default=LEFT_OUT, description="Members without a second factor can then do nothing before they turn one on."
    )


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


class OrganisationName(Schema):
    name: str
    slug: str


class InvitationPreview(Schema):
    """Where an invitation leads."""

    organisation: OrganisationName
    role: Role
    email: str | None
    invited_by: str | None
    expires_at: Timestamp

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        organisation = invitation.organisation
        return cls.model_construct(
            organisation=OrganisationName.model_construct(name=organisation.name, slug=organisation.slug),
            role=invitation.role,
            email=invitation.email,
            invited_by=invitation.created_by.name if invitation.created_by else None,
            expires_at=invitation.expires_at,
        )
