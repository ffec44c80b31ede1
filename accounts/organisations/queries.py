"""Find members and invitations, and the users that a member may see."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from accounts.models import Invitation, Membership, User
from accounts.models.invitations import InvitationQuerySet
from accounts.models.organisations import MembershipQuerySet
from accounts.organisations.schemas import MemberFilters
from lib.web.filters import is_narrowed


def memberships_of(user: User) -> MembershipQuerySet:
    """Return the memberships of a user, with their organisations loaded."""
    memberships: MembershipQuerySet = Membership.objects.filter(user=user).select_related("organisation")
    return memberships


def members_visible_to(own: Membership) -> MembershipQuerySet:
    """Return the members of an organisation that a member may see: all; for a guest those they share a room with."""
    members: MembershipQuerySet = own.organisation.memberships.all()
    if not own.is_guest:
        return members
    is_visible = Q(user=own.user_id)
    for acquaintances in hooks.acquaintances_of(user_id=own.user_id, organisation=own.organisation):
        is_visible |= Q(user__in=acquaintances)
    return members.filter(is_visible)


def get_user_visible_to(actor: User, user_id: UUID) -> User:
    """Return a user that `actor` may see: themself, or a fellow member; system administrators see all.

    Raises `User.DoesNotExist` for all others, and for missing ones.
    """
    if actor.pk != user_id and actor.role != User.Role.ADMIN:
        shared = Membership.objects.filter(user=actor, organisation__memberships__user=user_id)
        memberships = shared.select_related("organisation")
        if not any(members_visible_to(own).filter(user=user_id).exists() for own in memberships):
            raise User.DoesNotExist
    user: User = User.objects.get(pk=user_id)
    return user


def search_members(own: Membership, filters: MemberFilters) -> MembershipQuerySet:
    """Return the members that `own` may see and `filters` choose, with their users loaded.

    Raises `PermissionDenied` where a member without administration filters by second factor.
    """
    if filters.second_factor and not own.is_admin:
        raise PermissionDenied(_("Only owners and administrators may ask that."))
    members = members_visible_to(own).with_user()
    if filters.q:
        members = members.matching(filters.q, by_email=own.is_admin)
    if filters.role:
        members = members.filter(role=filters.role)
    if filters.kind:
        members = members.filter(user__kind=filters.kind)
    if filters.second_factor:
        members = members.with_second_factor() if filters.second_factor == "on" else members.without_second_factor()
    return members


def find_member_count(own: Membership, filters: MemberFilters) -> int | None:
    """Return how many members `search_members` finds, where that is stored: all of them. A guest sees some."""
    return None if own.is_guest or is_narrowed(filters) else own.organisation.member_count


def invitations_awaiting(user: User) -> InvitationQuerySet:
    """Return the open invitations for a user's confirmed address, with organisation and maker loaded."""
    invitations: InvitationQuerySet = Invitation.objects.awaiting(user).select_related("organisation", "created_by")
    return invitations


def is_last_owner(membership: Membership) -> bool:
    """Tell whether no other owner of the organisation can sign in. One query, none for members of other roles."""
    if membership.role != Membership.Role.OWNER:
        return False
    owners = Membership.objects.reachable_owners().filter(organisation=membership.organisation_id)
    return not owners.exclude(pk=membership.pk).exists()
