"""Inviting people into an organisation by link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.mails import send_invitation
from accounts.models import Invitation, Membership, Organisation, User
from accounts.selectors import administration_of
from accounts.services.addresses import clean_address
from accounts.services.organisations import add_member
from accounts.throttling import count_invitation_mail

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
    own = administration_of(actor, slug)
    if role == Membership.Role.OWNER and own.role != Membership.Role.OWNER:
        raise PermissionDenied("Only an owner may invite owners.")
    invitation = Invitation(
        organisation=own.organisation,
        role=role,
        email=clean_address(email) if email and email.strip() else None,
        created_by=actor,
    )
    if expires_at is not None:
        invitation.expires_at = _bounded(expires_at)
    invitation.clean_fields()
    mailed_to = invitation.email if origin else None
    if mailed_to:
        count_invitation_mail(actor, mailed_to)
    invitation.save(force_insert=True)
    if mailed_to:
        # A mail that can't be sent takes nothing back: the link can be handed on in another way.
        send_invitation(invitation, origin=origin)
    return invitation


def revoke_invitation(*, actor: User, slug: str, invitation_id: UUID) -> None:
    """The link is dead from now on."""
    administration_of(actor, slug).organisation.invitations.get(pk=invitation_id).delete()


def read_invitation(token: str) -> Invitation:
    """Where a link leads, for whoever holds it. Expired, used, revoked and made-up ones look alike."""
    invitation: Invitation = (
        Invitation.objects.with_token(token).open().select_related("organisation", "created_by").get()
    )
    return invitation


def accept_invitation(*, actor: User, token: str) -> Organisation:
    """Join the organisation a link leads to; a member stays what they are."""
    with transaction.atomic():
        invitation: Invitation = (
            Invitation.objects.with_token(token)
            .open()
            .select_for_update(of=("self",))
            .select_related("organisation")
            .get()
        )
        require_addressee(invitation, actor)
        add_member(organisation=invitation.organisation, user=actor, role=invitation.role)
        if invitation.email:
            invitation.accepted_at = timezone.now()
            invitation.save(update_fields=["accepted_at", "updated_at"])
    return invitation.organisation


def require_addressee(invitation: Invitation, user: User) -> None:
    """Refuse whom an invitation by address doesn't mean."""
    if invitation.email and invitation.email != user.email:
        raise PermissionDenied("This invitation is for another e-mail address.")


def _bounded(expires_at: datetime) -> datetime:
    moment = expires_at if timezone.is_aware(expires_at) else expires_at.replace(tzinfo=UTC)
    now = timezone.now()
    if not now < moment <= now + MAX_LIFETIME:
        raise ValidationError({"expires_at": "An invitation ends in the future, within 90 days."})
    return moment
