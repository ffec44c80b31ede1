"""Find users as system administrators see them."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Membership, User
from accounts.models.users import UserQuerySet
from accounts.users.schemas import UserFilters


def managed_users(actor: User, filters: UserFilters | None = None) -> UserQuerySet:
    """Return the users that `filters` choose, with `organisation_count`; none but for system administrators."""
    users: UserQuerySet = User.objects.administered_by(actor)
    if filters is not None:
        users = _apply_filters(users, filters)
    # Counted row by row: grouping all accounts first would cost more than a page of them.
    memberships = Membership.objects.filter(user=OuterRef("pk")).order_by().values("user").annotate(n=Count("pk"))
    return users.annotate(organisation_count=Coalesce(Subquery(memberships.values("n")), 0))


def _apply_filters(users: UserQuerySet, filters: UserFilters) -> UserQuerySet:
    if filters.q:
        users = users.matching(filters.q, by_email=True)
    if filters.role:
        users = users.filter(role=filters.role)
    if filters.status:
        users = users.filter(is_active=filters.status == "active")
    if filters.kind:
        users = users.filter(kind=filters.kind)
    if filters.second_factor:
        users = users.filter(second_factor_at__isnull=filters.second_factor == "off")
    return users
