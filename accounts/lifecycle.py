"""What accounts tells the apps above it. An app that keeps something per organisation registers a tenant."""

from __future__ import annotations

from typing import Protocol

from accounts.models import Organisation, User


class Tenant(Protocol):
    """Each call runs inside the transaction of the change it tells of."""

    def organisation_created(self, *, organisation: Organisation, owner: User) -> None: ...

    def member_joined(self, *, organisation: Organisation, user: User) -> None: ...

    def member_changed(self, *, organisation: Organisation, user: User) -> None:
        """Their role is another one now."""

    def member_left(self, *, organisation: Organisation, user: User) -> None: ...

    def organisation_deleted(self, *, organisation: Organisation) -> None:
        """Called before the rows go."""

    def requirement_changed(self, *, organisation: Organisation) -> None:
        """It asks its members for a second factor, or no longer: `second_factor_due` of some is another one now."""

    def user_changed(self, *, user: User) -> None:
        """Name, username, picture, or whether they may sign in."""

    def sessions_ended(self, *, keys: list[str]) -> None:
        """Keys are `session:<public id>` for browsers and `token:<family id>` for REST clients."""


tenants: list[Tenant] = []
