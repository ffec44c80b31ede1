"""Inviting people into an organisation by link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_deleted, record_updated
from accounts.models import Invitation, Membership, Organisation, User
from accounts.models.invitations import InvitationQuerySet
from accounts.organisations.mail import send_invitation
from accounts.organisations.services.members import add_member
from accounts.organisations.services.organisations import record_invitation
from accounts.permissions import require_admin_membership
from accounts.security.limits import count_invitation_mail
from lib.text.email_addresses import clean_address

MAX_LIFETIME = timedelta(days=90)


def create_invitation(
    *,
    actor: User,
    slug: str,
    email: str | None = None,
    role: str = Membership.Role.MEMBER,
    expires_at: datetime | None = None,
    origin: str = "",
) -> Invitation:
    """A link into the organisation: for one person when `email` is given, else for all who have it.

    With the `origin` of links, such as `https://atrium.example`, that person gets it by mail too.
    """
    own = require_admin_membership(actor, slug)
    if role == Membership.Role.OWNER and own.role != Membership.Role.OWNER:
        raise PermissionDenied(_("Only an owner may invite owners."))
    invitation = Invitation(
        organisation=own.organisation,
        role=role,
        email=clean_address(email) if email and email.strip() else None,
        created_by=actor,
    )
    if expires_at is not None:
        invitation.expires_at = _bounded(expires_at)
    invitation.clean_fields()
    if invitation.email and own.organisation.memberships.filter(user__email=invitation.email).exists():
        raise ValidationError({"email": _("They are a member already.")})
    mailed_to = invitation.email if origin else None
    if mailed_to:
        count_invitation_mail(actor, mailed_to)
    with transaction.atomic():
        if invitation.email:
            _replace(actor, invitation)
        invitation.save(force_insert=True)
        record_invitation(actor, invitation)
    if mailed_to:
        # A mail that can't be sent takes nothing back: the link can be handed on in another way.
        send_invitation(invitation, origin=origin)
    return invitation


def revoke_invitation(*, actor: User, slug: str, invitation_id: UUID) -> None:
    """The link is dead from now on."""
    organisation = require_admin_membership(actor, slug).organisation
    with transaction.atomic():
        invitation = organisation.invitations.get(pk=invitation_id)
        record_deleted(actor, invitation, organisation=organisation, role=invitation.role, email=invitation.email)
        invitation.delete()


def read_invitation(token: str) -> Invitation:
    """Where a link leads, for whoever holds it. Expired, used, revoked and made-up ones look alike."""
    invitation: Invitation = (
        Invitation.objects.with_token(token).open().select_related("organisation", "created_by").get()
    )
    return invitation


def accept_invitation(*, actor: User, token: str) -> Organisation:
    """Join the organisation a link leads to; a member stays what they are."""
    return _accept(actor, Invitation.objects.with_token(token).open())


def accept_awaiting_invitation(*, actor: User, invitation_id: UUID) -> Organisation:
    """The same without the link, for whoever has confirmed the address it was mailed to."""
    return _accept(actor, Invitation.objects.awaiting(actor).filter(pk=invitation_id))


@transaction.atomic
def _accept(actor: User, found: InvitationQuerySet) -> Organisation:
    # Held: of two who accept at once what serves once, the second finds nothing.
    invitation: Invitation = found.select_for_update(of=("self",)).select_related("organisation").get()
    require_addressee(invitation, actor)
    organisation: Organisation = invitation.organisation
    add_member(actor=actor, organisation=organisation, user=actor, role=invitation.role)
    if invitation.email:
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at", "updated_at"])
        record_updated(actor, invitation, organisation=organisation, accepted_at=(None, invitation.accepted_at))
    return organisation


def require_addressee(invitation: Invitation, user: User) -> None:
    """Refuse whom an invitation by address doesn't mean."""
    if invitation.email and invitation.email != user.email:
        raise PermissionDenied(_("This invitation is for another e-mail address."))


def _replace(actor: User, invitation: Invitation) -> None:
    """Whoever is invited anew has one invitation: the last one says as what."""
    organisation = invitation.organisation
    for former in organisation.invitations.open().filter(email=invitation.email):
        record_deleted(actor, former, organisation=organisation, role=former.role, email=former.email)
        former.delete()


def _bounded(expires_at: datetime) -> datetime:
    moment = expires_at if timezone.is_aware(expires_at) else expires_at.replace(tzinfo=UTC)
    now = timezone.now()
    if not now < moment <= now + MAX_LIFETIME:
        raise ValidationError({"expires_at": _("An invitation ends in the future, within 90 days.")})
    return moment
