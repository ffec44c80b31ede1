"""What accounts tells the apps above it. An app that keeps something per organisation registers a tenant."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Organisation, User


class Tenant(Protocol):
    """Each call runs inside the transaction of the change it tells of."""

    def organisation_created(self, *, organisation: Organisation, owner: User) -> None: ...

    def member_joined(self, *, organisation: Organisation, user: User) -> None: ...

    def member_changed(self, *, organisation: Organisation, user: User) -> None:
        """Their role is another one now."""

    def member_left(self, *, organisation: Organisation, user: User, actor: User | None = None) -> None:
        """`actor` has ended it, for themself or for another."""

    def organisation_deleted(self, *, organisation: Organisation) -> None:
        """Called before the rows go."""

    def requirement_changed(self, *, organisation: Organisation) -> None:
        """It asks its members for a second factor, or no longer: `second_factor_due` of some is another one now."""

    def met_by(self, *, user_id: UUID, organisation: Organisation) -> QuerySet[Any, UUID]:
        """The ids of those with whom somebody shares something there: the people a guest knows of."""

    def user_changed(self, *, user: User) -> None:
        """Name, username, or whether they may sign in."""

    def appearance_changed(self, *, user: User) -> None:
        """What is seen beside their name: picture, status, or how they say they can be reached."""

    def sessions_ended(self, *, keys: list[str]) -> None:
        """Keys are `session:<public id>` for browsers and `token:<family id>` for REST clients."""


tenants: list[Tenant] = []
