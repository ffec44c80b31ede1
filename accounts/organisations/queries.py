"""Find members, invitations and the users a member knows of."""

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


def memberships_of(user: User) -> MembershipQuerySet:
    """A person's places in organisations, with the organisations."""
    memberships: MembershipQuerySet = Membership.objects.filter(user=user).select_related("organisation")
    return memberships


def colleagues_of(own: Membership) -> MembershipQuerySet:
    """The members of an organisation that one of them knows of: all; a guest those they share something with."""
    members: MembershipQuerySet = own.organisation.memberships.all()
    if own.role != Membership.Role.GUEST:
        return members
    known = Q(user=own.user_id)
    for acquaintances in hooks.acquaintances_of(user_id=own.user_id, organisation=own.organisation):
        known |= Q(user__in=acquaintances)
    return members.filter(known)


def person_known_to(actor: User, user_id: UUID) -> User:
    """Oneself, and whom one knows of by an organisation; system administrators know everybody."""
    if actor.pk != user_id and actor.role != User.Role.ADMIN:
        shared = Membership.objects.filter(user=actor, organisation__memberships__user=user_id)
        places = shared.select_related("organisation")
        if not any(colleagues_of(own).filter(user=user_id).exists() for own in places):
            raise User.DoesNotExist
    user: User = User.objects.get(pk=user_id)
    return user


def members_seen_by(own: Membership, filters: MemberFilters) -> MembershipQuerySet:
    """The chosen of them with their people. Who signs in how is for administrators to know."""
    if filters.second_factor and not own.is_admin:
        raise PermissionDenied(_("Only owners and administrators may ask that."))
    members = colleagues_of(own).with_user()
    if filters.q:
        members = members.matching(filters.q, by_email=own.is_admin)
    if filters.role:
        members = members.filter(role=filters.role)
    if filters.kind:
        members = members.filter(user__kind=filters.kind)
    if filters.second_factor:
        members = members.with_second_factor() if filters.second_factor == "on" else members.without_second_factor()
    return members


def invitations_awaiting(user: User) -> InvitationQuerySet:
    """What waits for somebody at their confirmed address, with where it leads and who sent it."""
    found: InvitationQuerySet = Invitation.objects.awaiting(user).select_related("organisation", "created_by")
    return found


def is_last_owner(membership: Membership) -> bool:
    """Whether nobody else could look after the organisation. One query, none for those who own nothing."""
    if membership.role != Membership.Role.OWNER:
        return False
    owners = Membership.objects.reachable_owners().filter(organisation=membership.organisation_id)
    return not owners.exclude(pk=membership.pk).exists()
