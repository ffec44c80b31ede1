"""Limit how often a user or a client may do what is expensive or can be abused."""

from __future__ import annotations

from accounts.models import User
from lib.rate_limit import RateLimit
from lib.web.client import get_current_ip_address, get_network

SIGN_INS = RateLimit("sign-ins", attempts=300, seconds=300)
PASSWORD_CHECKS = RateLimit("password-checks", attempts=600, seconds=600)
SIGN_UPS = RateLimit("sign-ups", attempts=200, seconds=3600)
# Their recipients did not ask for them.
INVITATION_MAILS = RateLimit("invitation-mails", attempts=100, seconds=3600)
# Of all accounts that one client has opened.
INVITATION_MAILS_OF_NETWORK = RateLimit("invitation-mails-of-network", attempts=300, seconds=3600)
INVITATION_MAILS_TO_ONE = RateLimit("invitation-mails-to-one", attempts=10, seconds=3600)
VERIFICATION_MAILS = RateLimit("verification-mails", attempts=5, seconds=3600)
# A file of a hundred bytes can hold a picture that takes a second to decode.
PICTURES = RateLimit("pictures", attempts=30, seconds=600)


def count_invitation_mail(actor: User, email: str) -> None:
    """Count an invitation mail for sender, network and recipient; raise `TooManyAttempts` above one of their limits."""
    INVITATION_MAILS.consume(str(actor.pk))
    if ip_address := get_current_ip_address():
        INVITATION_MAILS_OF_NETWORK.consume(get_network(ip_address))
    INVITATION_MAILS_TO_ONE.consume(email)


def count_verification_mail(actor: User) -> None:
    """Count a mail that asks the actor to verify an address; raise `TooManyAttempts` above the limit."""
    VERIFICATION_MAILS.consume(str(actor.pk))


def count_picture(actor: User) -> None:
    """Count an uploaded picture before it is decoded; raise `TooManyAttempts` above the limit."""
    PICTURES.consume(str(actor.pk))
