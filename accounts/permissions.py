"""Require a role: hidden and missing look alike, and too low a role is refused."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User


def require_administrator(actor: User) -> None:
    """Refuse everybody but system administrators what is about no one person."""
    if actor.role != User.Role.ADMIN:
        raise PermissionDenied(_("Only a system administrator may do this."))


def membership_of(user: User, slug: str) -> Membership:
    """A person's place in an organisation they can see."""
    return Membership.objects.select_related("organisation").get(user=user, organisation__slug=slug)


def administration_of(user: User, slug: str) -> Membership:
    """The same, for owners and administrators only."""
    membership = membership_of(user, slug)
    if not membership.is_admin:
        raise PermissionDenied(_("Only owners and administrators may do this."))
    return membership


def ownership_of(user: User, slug: str) -> Membership:
    """The same, for owners only."""
    membership = membership_of(user, slug)
    if membership.role != Membership.Role.OWNER:
        raise PermissionDenied(_("Only an owner may do this."))
    return membership
