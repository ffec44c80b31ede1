"""Organisations and who is in them, in which role."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.errors import Conflict, Taken
from accounts.lifecycle import tenants
from accounts.models import Invitation, Membership, Organisation, User
from accounts.selectors import administration_of, is_last_owner, membership_of, ownership_of
from accounts.services.audit import record_created, record_deleted, record_updated
from accounts.services.names import ATTEMPTS, clean_name, first_free, handle_from
from accounts.services.requirement import update_second_factor_due

Role = Membership.Role


def create_organisation(
    *, actor: User, name: str, slug: str | None = None, with_invite_link: bool = False
) -> Organisation:
    """A new organisation that `actor` owns. Without a slug, one is made from the name.

    Whoever will look at it at once gets an invite link with it, to hand on.
    """
    for attempt in range(1, ATTEMPTS + 1):
        organisation = Organisation(name=clean_name(name), slug=slug or suggest_slug(name), created_by=actor)
        organisation.clean_fields()
        try:
            _found(organisation, actor, with_invite_link=with_invite_link)
            break
        except IntegrityError as error:
            if not Organisation.objects.filter(slug=organisation.slug).exists():
                raise
            if slug or attempt == ATTEMPTS:
                raise Taken("slug", _("Another organisation has this address.")) from error
    return organisation


@transaction.atomic
def _found(organisation: Organisation, owner: User, *, with_invite_link: bool) -> None:
    organisation.save(force_insert=True)
    record_created(owner, organisation, organisation=organisation, name=organisation.name, slug=organisation.slug)
    _record_joined(owner, Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER))
    for tenant in tenants:
        tenant.organisation_created(organisation=organisation, owner=owner)
    if with_invite_link:
        record_invitation(owner, Invitation.objects.create(organisation=organisation, created_by=owner))


def suggest_slug(name: str) -> str:
    """An address that is free now."""
    handle = handle_from(name, fallback="organisation")
    return first_free(handle, Organisation.objects.filter(slug__startswith=handle[:34]).values_list("slug", flat=True))


def rename_organisation(*, actor: User, slug: str, name: str) -> Organisation:
    """Another name under the same address."""
    with transaction.atomic():
        organisation = _lock(administration_of(actor, slug)).organisation
        organisation.refresh_from_db(fields=["name"])
        former, organisation.name = organisation.name, clean_name(name)
        organisation.save(update_fields=["name", "updated_at"])
        record_updated(actor, organisation, organisation=organisation, name=(former, organisation.name))
    return organisation


def require_second_factor(*, actor: User, slug: str, required: bool) -> Organisation:
    """Ask all members for a second factor, or no longer. Who has none can do nothing else before they have."""
    with transaction.atomic():
        organisation = _lock(administration_of(actor, slug)).organisation
        organisation.refresh_from_db(fields=["requires_second_factor"])
        if organisation.requires_second_factor == required:
            return organisation
        organisation.requires_second_factor = required
        organisation.save(update_fields=["requires_second_factor", "updated_at"])
        record_updated(actor, organisation, organisation=organisation, requires_second_factor=(not required, required))
        update_second_factor_due(User.objects.filter(memberships__organisation=organisation))
        for tenant in tenants:
            tenant.requirement_changed(organisation=organisation)
    return organisation


def update_organisation(
    *, actor: User, slug: str, name: str | None = None, requires_second_factor: bool | None = None
) -> None:
    """Change what is given."""
    with transaction.atomic():
        if name is not None:
            rename_organisation(actor=actor, slug=slug, name=name)
        if requires_second_factor is not None:
            require_second_factor(actor=actor, slug=slug, required=requires_second_factor)


def delete_organisation(*, actor: User, slug: str, typed_name: str | None = None) -> None:
    """The organisation and everything in it, for ever. Whoever was asked to type its name has to have it right."""
    with transaction.atomic():
        organisation = ownership_of(actor, slug).organisation
        if typed_name is not None and typed_name != organisation.name:
            raise ValidationError(
                {
                    "typed_name": format_lazy(
                        _("That is not its name. Type “{name}” to delete it."), name=organisation.name
                    )
                }
            )
        for tenant in tenants:
            tenant.organisation_deleted(organisation=organisation)
        record_deleted(actor, organisation, name=organisation.name, slug=organisation.slug)
        organisation.delete()
        update_second_factor_due(User.objects.filter(second_factor_due=True))


def add_member(*, organisation: Organisation, user: User, role: str, actor: User | None = None) -> Membership:
    """Give somebody their place; whoever has one keeps it. Callers have decided that `actor` may, if anybody did."""
    with transaction.atomic():
        membership, created = Membership.objects.get_or_create(
            organisation=organisation, user=user, defaults={"role": role}
        )
        if created:
            _record_joined(actor, membership)
            _ask_of(user, organisation)
            for tenant in tenants:
                tenant.member_joined(organisation=organisation, user=user)
    return membership


def change_member_role(*, actor: User, slug: str, user_id: UUID, role: str) -> Membership:
    """Another role for a member. Only owners make or unmake owners, and one always remains."""
    with transaction.atomic():
        own = _lock(administration_of(actor, slug))
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
        for tenant in tenants:
            tenant.member_changed(organisation=membership.organisation, user=membership.user)
    return membership


def remove_member(*, actor: User, slug: str, user_id: UUID) -> None:
    """End a membership: everybody may leave, administrators may remove others, the last owner stays."""
    with transaction.atomic():
        own = _lock(membership_of(actor, slug))
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
        for tenant in tenants:
            tenant.member_left(organisation=membership.organisation, user=membership.user, actor=actor)


def record_invitation(actor: User, invitation: Invitation) -> None:
    """Write down that there is another link, in the transaction that makes it."""
    record_created(
        actor,
        invitation,
        organisation=invitation.organisation,
        role=invitation.role,
        email=invitation.email,
        expires_at=invitation.expires_at,
    )


def _record_joined(actor: User | None, membership: Membership) -> None:
    record_created(
        actor, membership, organisation=membership.organisation, user=membership.user_id, role=membership.role
    )


def _ask_of(user: User, organisation: Organisation) -> None:
    """What joining and leaving changes, should this organisation ask for a second factor."""
    # Locked: somebody may be deciding it in this moment.
    if Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk).requires_second_factor:
        update_second_factor_due(User.objects.filter(pk=user.pk))
        for tenant in tenants:
            tenant.user_changed(user=user)


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
