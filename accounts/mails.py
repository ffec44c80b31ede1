"""The mails that accounts composes."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.models import Invitation


def send_invitation(invitation: Invitation, *, origin: str) -> None:
    """Send the link, as text and as HTML. `origin` is where people reach this place: `https://atrium.example`."""
    inviter = invitation.created_by.name if invitation.created_by else "Somebody"
    organisation = invitation.organisation.name
    context = {
        "invitation": invitation,
        "inviter": inviter,
        "organisation": organisation,
        "link": f"{origin.rstrip('/')}{invitation.url}",
    }
    message = EmailMultiAlternatives(
        # A header is one line, whatever the names are.
        subject=" ".join(f"{inviter} invited you to {organisation}".split()),
        body=render_to_string("accounts/email/invitation.txt", context),
        to=[invitation.email or ""],
    )
    message.attach_alternative(render_to_string("accounts/email/invitation.html", context), "text/html")
    message.send()
