"""Enforce the second factor that organisations require of their members."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accounts.models import Membership, Organisation, User
from accounts.models.users import UserQuerySet


def update_second_factor_due(users: UserQuerySet) -> None:
    """Update `second_factor_due` of these users, in one statement. Agents don't sign in and never need one."""
    required = Membership.objects.filter(user=OuterRef("pk"), organisation__requires_second_factor=True)
    due = ExpressionWrapper(Q(second_factor_at=None) & Exists(required), output_field=BooleanField())
    users.filter(kind=User.Kind.HUMAN).update(second_factor_due=due)


def organisations_requiring(user: User) -> list[str]:
    """Return the names of the user's organisations that require a second factor."""
    organisations = Organisation.objects.visible_to(user).filter(requires_second_factor=True)
    return list(organisations.order_by("folded_name").values_list("name", flat=True))
