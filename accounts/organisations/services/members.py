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
from lib.db.counts import change_count
from lib.web.errors import Conflict

Role = Membership.Role


def add_member(*, organisation: Organisation, user: User, role: str, actor: User | None = None) -> Membership:
    """Add a member to an organisation; return the existing membership, unchanged, where there is one.

    Callers have checked that `actor` may do it; without an actor the system itself does.
    """
    with transaction.atomic():
        locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        membership, _is_new = create_membership(locked, user, role, actor=actor)
    return membership


def create_membership(
    organisation: Organisation, user: User, role: str, *, actor: User | None
) -> tuple[Membership, bool]:
    """Return the membership of a user in an organisation, and whether it is new.

    The caller's transaction holds the lock of the organisation's row, so that no other joins, leaves or decides on the
    second factor meanwhile.
    """
    membership = organisation.memberships.filter(user=user).first()
    if membership is not None:
        return membership, False
    membership = Membership.objects.create(organisation=organisation, user=user, role=role)
    change_count(Organisation, "member_count", 1, ids=[organisation.pk])
    _update_second_factor_due(membership)
    record_membership(actor, membership)
    hooks.member_joined(membership=membership)
    return membership, True


def change_member_role(*, actor: User, slug: str, user_id: UUID, role: str) -> Membership:
    """Give a member another role. Only owners make or unmake owners, and one owner always remains."""
    with transaction.atomic():
        own = lock_organisation_of(require_admin_membership(actor, slug))
        membership = own.organisation.memberships.select_related("user").get(user_id=user_id)
        if role == membership.role:
            return membership
        if Role.OWNER in (role, membership.role) and own.role != Role.OWNER:
            raise PermissionDenied(_("Only an owner may make or unmake owners."))
        _require_another_owner(membership)
        former, membership.role = membership.role, role
        membership.full_clean()
        membership.save(update_fields=["role", "updated_at"])
        record_updated(actor, membership, organisation=membership.organisation, role=(former, role))
        hooks.member_role_changed(membership=membership)
    return membership


def remove_member(*, actor: User, slug: str, user_id: UUID) -> None:
    """End a membership: every member may leave, administrators may remove others, the last owner stays."""
    with transaction.atomic():
        own = lock_organisation_of(require_membership(actor, slug))
        membership = own.organisation.memberships.select_related("user").get(user_id=user_id)
        if membership.user_id != actor.pk:
            _require_right_to_remove(own, membership)
        _require_another_owner(membership)
        record_deleted(
            actor,
            membership,
            organisation=membership.organisation,
            user=membership.user_id,
            role=membership.role,
        )
        membership.delete()
        change_count(Organisation, "member_count", -1, ids=[membership.organisation_id])
        _update_second_factor_due(membership)
        hooks.member_left(organisation=membership.organisation, user=membership.user, actor=actor)


def make_owner(*, actor: User, membership_id: UUID) -> Membership:
    """Give an organisation another owner, where its own can't sign in. For system administrators."""
    require_system_administrator(actor)
    with transaction.atomic():
        membership: Membership = (
            Membership.objects.select_for_update(of=("self",), no_key=True)
            .select_related("organisation", "user")
            .get(pk=membership_id)
        )
        if membership.user.kind != User.Kind.HUMAN or not membership.user.is_active:
            raise Conflict(_("Only somebody who can sign in becomes an owner."), code="out_of_reach")
        former, membership.role = membership.role, Membership.Role.OWNER
        membership.save(update_fields=["role", "updated_at"])
        record_updated(actor, membership, organisation=membership.organisation, role=(former, membership.role))
        hooks.member_role_changed(membership=membership)
    return membership


def record_membership(actor: User | None, membership: Membership) -> None:
    """Write an audit entry for a new membership, in the transaction that creates it."""
    record_created(
        actor, membership, organisation=membership.organisation, user=membership.user_id, role=membership.role
    )


def lock_organisation_of(membership: Membership) -> Membership:
    """Lock the organisation's row until the commit; return the membership with role and organisation read anew.

    Changes of roles happen one at a time. The lock is no key update: writing a room or an invitation of the
    organisation need not wait.
    """
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    membership.refresh_from_db(fields=["role"])
    membership.organisation = locked
    return membership


def _update_second_factor_due(membership: Membership) -> None:
    """Update what is due of a user who has joined or left; the organisation's row is locked, and so up to date."""
    if membership.organisation.requires_second_factor:
        update_second_factor_due(User.objects.filter(pk=membership.user_id))
        hooks.user_changed(user=membership.user)


def _require_right_to_remove(own: Membership, membership: Membership) -> None:
    if not own.is_admin:
        raise PermissionDenied(_("Only owners and administrators may remove others."))
    if membership.role == Role.OWNER and own.role != Role.OWNER:
        raise PermissionDenied(_("Only an owner may remove an owner."))


def _require_another_owner(membership: Membership) -> None:
    if is_last_owner(membership):
        raise Conflict(_("An organisation needs an owner: make somebody else one first."), code="last_owner")
