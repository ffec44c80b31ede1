"""Require a membership or a role.

An organisation that the user is not a member of raises `DoesNotExist`, as if it were missing; too low a role raises
`PermissionDenied`.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User


def require_system_administrator(actor: User) -> None:
    """Raise `PermissionDenied` unless the actor is a system administrator."""
    if actor.role != User.Role.ADMIN:
        raise PermissionDenied(_("Only a system administrator may do this."))


def require_membership(user: User, slug: str) -> Membership:
    """Return the user's membership in an organisation."""
    if "\0" in slug:  # PostgreSQL has no text with it.
        raise Membership.DoesNotExist
    return Membership.objects.select_related("organisation").get(user=user, organisation__slug=slug)


def require_admin_membership(user: User, slug: str) -> Membership:
    """Return the user's membership in an organisation of which they are owner or administrator."""
    membership = require_membership(user, slug)
    if not membership.is_admin:
        raise PermissionDenied(_("Only owners and administrators may do this."))
    return membership


def require_owner_membership(user: User, slug: str) -> Membership:
    """Return the user's membership in an organisation of which they are owner."""
    membership = require_membership(user, slug)
    if membership.role != Membership.Role.OWNER:
        raise PermissionDenied(_("Only an owner may do this."))
    return membership
