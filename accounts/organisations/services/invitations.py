"""Invite users into an organisation by link, and accept the invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from accounts.audit.services import record_deleted, record_updated
from accounts.models import Invitation, Membership, Organisation, User
from accounts.models.invitations import InvitationQuerySet, in_a_week
from accounts.organisations.mail import send_invitation
from accounts.organisations.services.members import create_membership
from accounts.organisations.services.organisations import record_invitation
from accounts.permissions import require_admin_membership
from accounts.security.limits import count_invitation_mail
from lib.text.email_addresses import clean_address
from lib.web.errors import Conflict, TooManyAttempts

MAX_LIFETIME = timedelta(days=90)
MAX_ADDRESSES = 50


@dataclass(frozen=True, slots=True)
class MailedInvitations:
    """Invitations that were mailed, and why the other addresses have to wait."""

    sent: list[Invitation]
    unsent: dict[str, TooManyAttempts]


def create_invitation(
    *,
    actor: User,
    slug: str,
    email: str | None = None,
    role: str = Membership.Role.MEMBER,
    expires_at: datetime | None = None,
    origin: str = "",
) -> Invitation:
    """Create a link into an organisation: good once for the user with `email`, else any number of times.

    With an `email` and an `origin` of links, such as `https://atrium.example`, the link is mailed too. It replaces
    earlier invitations for the address. `expires_at` lies within 90 days, a week from now unless given.
    """
    own = _require_right_to_invite(actor, slug, role)
    invitation = _build_invitation(own.organisation, actor, email=email, role=role, expires_at=expires_at)
    if invitation.email and origin:
        count_invitation_mail(actor, invitation.email)
    _store_invitations(actor, [invitation], origin=origin)
    return invitation


def invite_addresses(
    *, actor: User, slug: str, emails: Sequence[str], role: str, expires_at: datetime | None = None, origin: str
) -> MailedInvitations:
    """Mail an invitation to each of these addresses that the rate limits let through, and return the others too.

    Raise `ValidationError` at `emails`, which names every wrong address and every member's, and above `MAX_ADDRESSES`.
    """
    own = _require_right_to_invite(actor, slug, role)
    if len(emails) > MAX_ADDRESSES:
        raise ValidationError({"emails": format_lazy(_("At most {count} addresses at once."), count=MAX_ADDRESSES)})
    built, faults = [], []
    for email in emails:
        try:
            built.append(_build_invitation(own.organisation, actor, email=email, role=role, expires_at=expires_at))
        except ValidationError as error:
            if "email" not in error.message_dict:
                raise
            faults.append(f"{email}: {' '.join(error.message_dict['email'])}")
    if faults or not built:
        head = _("No invitation was sent. Correct or remove:") if faults else _("Type at least one address.")
        raise ValidationError({"emails": [head, *faults]})
    return _mail_invitations(actor, built, origin=origin)


def resend_invitation(*, actor: User, slug: str, invitation_id: UUID, origin: str) -> Invitation:
    """Mail an open invitation to its address again, for a week from now at least. `Conflict` for one that has none."""
    own = require_admin_membership(actor, slug)
    organisation: Organisation = own.organisation
    open_invitations = organisation.invitations.manageable_by(own).open()
    email = open_invitations.get(pk=invitation_id).email
    if email is None:
        raise Conflict(_("This link is for anyone and was mailed to nobody."), "invitation_without_address")
    count_invitation_mail(actor, email)
    with transaction.atomic():
        # Another administrator may have revoked it meanwhile, or its reader accepted it.
        locked = open_invitations.select_for_update(of=("self",), no_key=True)
        invitation: Invitation = locked.select_related("organisation", "created_by").get(pk=invitation_id)
        former, invitation.expires_at = invitation.expires_at, max(invitation.expires_at, in_a_week())
        invitation.save(update_fields=["expires_at", "updated_at"])
        record_updated(actor, invitation, organisation=organisation, expires_at=(former, invitation.expires_at))
        send_invitation(invitation, origin=origin)
    return invitation


def revoke_invitation(*, actor: User, slug: str, invitation_id: UUID) -> None:
    """Delete an invitation, so that its link is dead."""
    own = require_admin_membership(actor, slug)
    organisation: Organisation = own.organisation
    with transaction.atomic():
        invitation = organisation.invitations.manageable_by(own).select_for_update(of=("self",)).get(pk=invitation_id)
        record_deleted(actor, invitation, organisation=organisation, role=invitation.role, email=invitation.email)
        hooks.invitation_ended(invitation_id=invitation.pk)
        invitation.delete()


def read_invitation(token: str) -> Invitation:
    """Return the open invitation of a link, with its organisation and its maker.

    Raises `Invitation.DoesNotExist` alike for expired, used, revoked and made-up links.
    """
    invitations = Invitation.objects.with_token(token).open()
    invitation: Invitation = invitations.select_related("organisation", "created_by").get()
    return invitation


def accept_invitation(*, actor: User, token: str) -> tuple[Membership, bool]:
    """Join the organisation that a link leads to; return the membership, and whether it is new.

    A member stays what they are. Raises `DoesNotExist` for dead links, `PermissionDenied` for those of other addresses.
    """
    return _accept_invitation(actor, Invitation.objects.with_token(token).open())


def accept_awaiting_invitation(*, actor: User, invitation_id: UUID) -> tuple[Membership, bool]:
    """Accept an invitation without its link, by the confirmed address that it was mailed to."""
    return _accept_invitation(actor, Invitation.objects.awaiting(actor).filter(pk=invitation_id))


def decline_invitation(*, actor: User, token: str) -> None:
    """Decline the invitation of a link, which is dead then; administrators see why.

    Raise as `accept_invitation` does, and `Conflict` for a link that serves everyone who has it.
    """
    _decline_invitation(actor, Invitation.objects.with_token(token).open())


def decline_awaiting_invitation(*, actor: User, invitation_id: UUID) -> None:
    """Decline an invitation without its link, by the confirmed address that it was mailed to."""
    _decline_invitation(actor, Invitation.objects.awaiting(actor).filter(pk=invitation_id))


@transaction.atomic
def _decline_invitation(actor: User, invitations: InvitationQuerySet) -> None:
    locked = invitations.select_for_update(of=("self",), no_key=True)
    invitation: Invitation = locked.select_related("organisation").get()
    require_addressee(invitation, actor)
    if invitation.email is None:
        raise Conflict(_("This link is for anyone: there is nothing to decline."), "invitation_without_address")
    invitation.declined_at = timezone.now()
    invitation.save(update_fields=["declined_at", "updated_at"])
    record_updated(actor, invitation, organisation=invitation.organisation, declined_at=(None, invitation.declined_at))
    hooks.invitation_ended(invitation_id=invitation.pk)


@transaction.atomic
def _accept_invitation(actor: User, invitations: InvitationQuerySet) -> tuple[Membership, bool]:
    # Locked: of two users who accept at once what serves once, the second finds nothing.
    locked = invitations.select_for_update(of=("self", "organisation"), no_key=True)
    invitation: Invitation = locked.select_related("organisation").get()
    require_addressee(invitation, actor)
    organisation: Organisation = invitation.organisation
    membership, is_new = create_membership(organisation, actor, invitation.role, actor=actor)
    if invitation.email:
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at", "updated_at"])
        record_updated(actor, invitation, organisation=organisation, accepted_at=(None, invitation.accepted_at))
        hooks.invitation_ended(invitation_id=invitation.pk)
    return membership, is_new


def require_addressee(invitation: Invitation, user: User) -> None:
    """Refuse a user with another address than the invitation names."""
    if invitation.email and invitation.email != user.email:
        raise PermissionDenied(_("This invitation is for another e-mail address."))


def _require_right_to_invite(actor: User, slug: str, role: str) -> Membership:
    own = require_admin_membership(actor, slug)
    if role == Membership.Role.OWNER and own.role != Membership.Role.OWNER:
        raise PermissionDenied(_("Only an owner may invite owners."))
    return own


def _mail_invitations(actor: User, invitations: Sequence[Invitation], *, origin: str) -> MailedInvitations:
    """Store and mail new invitations, one by one up to the rate limits."""
    mailed = MailedInvitations(sent=[], unsent={})
    for invitation in invitations:
        try:
            count_invitation_mail(actor, invitation.email or "")
            mailed.sent.append(invitation)
        except TooManyAttempts as error:
            mailed.unsent[invitation.email or ""] = error
    _store_invitations(actor, mailed.sent, origin=origin)
    return mailed


@transaction.atomic
def _store_invitations(actor: User, invitations: Sequence[Invitation], *, origin: str) -> None:
    """Store new invitations and, where links have an origin, a mail for each address."""
    for invitation in invitations:
        if invitation.email:
            _delete_former_invitations(actor, invitation)
        invitation.save(force_insert=True)
        record_invitation(actor, invitation)
        hooks.invitation_created(invitation=invitation)
        if invitation.email and origin:
            send_invitation(invitation, origin=origin)


def _build_invitation(
    organisation: Organisation, actor: User, *, email: str | None, role: str, expires_at: datetime | None
) -> Invitation:
    """Return a new invitation with clean fields, not yet stored. Raise ValidationError for the address of a member."""
    address = clean_address(email) if email and email.strip() else None
    invitation = Invitation(organisation=organisation, role=role, email=address, created_by=actor)
    if expires_at is not None:
        invitation.expires_at = _check_expiry(expires_at)
    invitation.clean_fields()
    if address and organisation.memberships.filter(user__email=address).exists():
        raise ValidationError({"email": _("They are a member already.")})
    return invitation


def _delete_former_invitations(actor: User, invitation: Invitation) -> None:
    """Delete the open invitations for the same address: the latest alone says in which role."""
    for former in invitation.organisation.invitations.open().filter(email=invitation.email):
        record_deleted(actor, former, organisation=invitation.organisation, role=former.role, email=former.email)
        hooks.invitation_ended(invitation_id=former.pk)
        former.delete()


def _check_expiry(expires_at: datetime) -> datetime:
    """Return the moment as an aware datetime; one without a time zone is in UTC."""
    moment = expires_at if timezone.is_aware(expires_at) else expires_at.replace(tzinfo=UTC)
    now = timezone.now()
    if not now < moment <= now + MAX_LIFETIME:
        raise ValidationError({"expires_at": _("An invitation ends in the future, within 90 days.")})
    return moment
