"""The mail that brings an invitation to the one it is for."""

from __future__ import annotations

from accounts.models import Invitation
from accounts.services.mail import mail_after_commit


def send_invitation(invitation: Invitation, *, origin: str) -> None:
    """Send the link. `origin` is where people reach this place: `https://atrium.example`."""
    mail_after_commit(
        "invitation",
        to=invitation.email,
        origin=origin,
        invitation=invitation,
        inviter=invitation.created_by.name if invitation.created_by else "Somebody",
        organisation=invitation.organisation.name,
        link=f"{origin.rstrip('/')}{invitation.url}",
    )
