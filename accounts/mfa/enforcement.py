"""Whose organisation asks for a second factor that they don't have yet."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accounts.models import Membership, Organisation, User
from accounts.models.users import UserQuerySet


def update_second_factor_due(users: UserQuerySet) -> None:
    """Work `second_factor_due` out anew, in one statement. Agents never sign in, so nothing is due of them."""
    asked = Membership.objects.filter(user=OuterRef("pk"), organisation__requires_second_factor=True)
    due = ExpressionWrapper(Q(second_factor_at=None) & Exists(asked), output_field=BooleanField())
    users.filter(kind=User.Kind.HUMAN).update(second_factor_due=due)


def organisations_requiring(user: User) -> list[str]:
    """The names of those that ask this person for one."""
    asking = Organisation.objects.visible_to(user).filter(requires_second_factor=True)
    return list(asking.order_by("name").values_list("name", flat=True))
