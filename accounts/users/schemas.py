"""Shapes of accounts, for system administrators."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field

from accounts.schemas import UserOut
from lib.web.schemas import LEFT_OUT, Email, Kind, Name, OnOff, Password, Schema, Search, Timestamp, Username

SystemRole = Literal["user", "admin"]


class UserFilters(Schema):
    """Filters of accounts. What is left out, or left empty, does not filter."""

    q: Search = Field(default="", description="Part of a name, a username or an address.")
    role: SystemRole | None = None
    status: Literal["active", "inactive"] | None = None
    kind: Kind | None = None
    second_factor: OnOff | None = None


class ManagedUserOut(UserOut):
    """An account. `organisations` is how many it is a member of, `last_seen` when a socket of it was last open."""

    role: SystemRole
    is_active: bool
    email_verified: bool
    second_factor: bool
    organisations: int
    last_login: Timestamp | None
    last_seen: Timestamp | None
    created_at: Timestamp

    @classmethod
    def of(cls, user: Any, *, with_email: bool = True, **more: Any) -> Self:
        """Return the shape of a user from `queries.managed_users`."""
        return super().of(
            user,
            with_email=with_email,
            role=user.role,
            is_active=user.is_active,
            email_verified=user.email_verified_at is not None,
            second_factor=user.second_factor_at is not None,
            organisations=user.organisation_count,
            last_login=user.last_login,
            last_seen=user.seen_at,
            created_at=user.created_at,
            **more,
        )


class ManagedUserIn(Schema):
    """A new account."""

    email: Email
    name: Name
    username: Username | None = Field(default=None, description="Made from the name unless given.")
    role: SystemRole = "user"
    password: Password | None = Field(default=None, description="Without one they get a mail with a link to choose it.")


class ManagedUserPatch(Schema):
    """Changes of an account. What is left out stays."""

    name: Name = LEFT_OUT
    username: Username = LEFT_OUT
    email: Email = Field(default=LEFT_OUT, description="Has to be confirmed anew; links mailed before are dead.")
    role: SystemRole = LEFT_OUT
