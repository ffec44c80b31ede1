"""Add, change and remove members of an organisation."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.mfa.enforcement import update_second_factor_due
from accounts.models import Membership, Organisation, User
from accounts.organisations.queries import is_last_owner
from accounts.permissions import require_admin_membership, require_membership, require_system_administrator
from lib.web.errors import Conflict

Role = Membership.Role


def add_member(*, organisation: Organisation, user: User, role: str, actor: User | None = None) -> Membership:
    """Give somebody their place; whoever has one keeps it. Callers have decided that `actor` may, if anybody did."""
    with transaction.atomic():
        membership, created = Membership.objects.get_or_create(
            organisation=organisation, user=user, defaults={"role": role}
        )
        if created:
            _record_joined(actor, membership)
            _ask_of(user, organisation)
            hooks.member_joined(organisation=organisation, user=user)
    return membership


def change_member_role(*, actor: User, slug: str, user_id: UUID, role: str) -> Membership:
    """Another role for a member. Only owners make or unmake owners, and one always remains."""
    with transaction.atomic():
        own = _lock(require_admin_membership(actor, slug))
        membership = own.organisation.memberships.select_related("user", "organisation").get(user_id=user_id)
        if role == membership.role:
            return membership
        if Role.OWNER in (role, membership.role) and own.role != Role.OWNER:
            raise PermissionDenied(_("Only an owner may make or unmake owners."))
        _keep_an_owner(membership)
        former, membership.role = membership.role, role
        membership.full_clean()
        membership.save(update_fields=["role", "updated_at"])
        record_updated(actor, membership, organisation=membership.organisation, role=(former, role))
        hooks.member_role_changed(organisation=membership.organisation, user=membership.user)
    return membership


def remove_member(*, actor: User, slug: str, user_id: UUID) -> None:
    """End a membership: everybody may leave, administrators may remove others, the last owner stays."""
    with transaction.atomic():
        own = _lock(require_membership(actor, slug))
        membership = own.organisation.memberships.select_related("user", "organisation").get(user_id=user_id)
        if membership.user_id != actor.pk:
            _may_remove(own, membership)
        _keep_an_owner(membership)
        record_deleted(
            actor,
            membership,
            organisation=membership.organisation,
            user=membership.user_id,
            role=membership.role,
        )
        membership.delete()
        _ask_of(membership.user, membership.organisation)
        hooks.member_left(organisation=membership.organisation, user=membership.user, actor=actor)


def _record_joined(actor: User | None, membership: Membership) -> None:
    record_created(
        actor, membership, organisation=membership.organisation, user=membership.user_id, role=membership.role
    )


def _ask_of(user: User, organisation: Organisation) -> None:
    """What joining and leaving changes, should this organisation ask for a second factor."""
    # Locked: somebody may be deciding it in this moment.
    if Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk).requires_second_factor:
        update_second_factor_due(User.objects.filter(pk=user.pk))
        hooks.user_changed(user=user)


def _lock(membership: Membership) -> Membership:
    """Let one change of roles happen at a time, and read the actor's role again once it is our turn."""
    # No key update: writing a room or an invitation of the organisation need not wait.
    Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    membership.refresh_from_db(fields=["role"])
    return membership


def _may_remove(own: Membership, membership: Membership) -> None:
    if not own.is_admin:
        raise PermissionDenied(_("Only owners and administrators may remove others."))
    if membership.role == Role.OWNER and own.role != Role.OWNER:
        raise PermissionDenied(_("Only an owner may remove an owner."))


def _keep_an_owner(membership: Membership) -> None:
    if is_last_owner(membership):
        raise Conflict(_("An organisation needs an owner: make somebody else one first."), code="last_owner")


def make_owner(*, actor: User, membership_id: UUID) -> Membership:
    """Give an organisation another owner, should its own be out of reach."""
    require_system_administrator(actor)
    with transaction.atomic():
        membership: Membership = Membership.objects.select_related("organisation", "user").get(pk=membership_id)
        if membership.user.kind != User.Kind.HUMAN or not membership.user.is_active:
            raise Conflict(_("Only somebody who can sign in becomes an owner."), code="out_of_reach")
        former, membership.role = membership.role, Membership.Role.OWNER
        membership.save(update_fields=["role", "updated_at"])
        record_updated(actor, membership, organisation=membership.organisation, role=(former, membership.role))
        hooks.member_role_changed(organisation=membership.organisation, user=membership.user)
    return membership
