"""Mail invitations."""

from __future__ import annotations

from django.utils.translation import gettext

from accounts.mail import mail_after_commit
from accounts.models import Invitation


def send_invitation(invitation: Invitation, *, origin: str) -> None:
    """Mail an invitation to its address after the commit. `origin` begins its link: `https://atrium.example`."""
    mail_after_commit(
        "invitation",
        to=invitation.email,
        origin=origin,
        invitation=invitation,
        inviter=invitation.created_by.name if invitation.created_by else gettext("Somebody"),
        organisation=invitation.organisation.name,
        link=f"{origin.rstrip('/')}{invitation.url}",
    )
