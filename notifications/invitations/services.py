"""Notify users of invitations to their addresses, beside the mail that brings the link."""

from __future__ import annotations

from uuid import UUID

from accounts.models import Invitation, User
from notifications.inbox.services import notify, withdraw_notifications
from notifications.models import Notification

KIND = "invitation"


def invitation_created(*, invitation: Invitation) -> None:
    """Notify the user who has the invited address and has confirmed it, if there is one. A link is for nobody."""
    if invitation.email is None:
        return
    users = User.objects.active().filter(kind=User.Kind.HUMAN, email=invitation.email, email_verified_at__isnull=False)
    notify(
        kind=KIND,
        recipients=list(users.values_list("pk", flat=True)),
        actor_id=invitation.created_by_id,
        organisation_id=invitation.organisation_id,
        subject=invitation.pk,
    )


def invitation_ended(*, invitation_id: UUID) -> None:
    """Take back what told of an invitation that is accepted, declined, revoked or replaced."""
    withdraw_notifications(Notification.objects.filter(subject=invitation_id, kind=KIND))
