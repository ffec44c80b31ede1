"""Limit what one user or client may ask for within an hour."""

from __future__ import annotations

from accounts.models import User
from lib.rate_limit import RateLimit

SIGN_INS = RateLimit("sign-ins", attempts=300, seconds=300)


PASSWORD_CHECKS = RateLimit("password-checks", attempts=600, seconds=600)


SIGN_UPS = RateLimit("sign-ups", attempts=200, seconds=3600)


# Mails to people who did not ask for them.
INVITATION_MAILS = RateLimit("invitation-mails", attempts=100, seconds=3600)


INVITATION_MAILS_TO_ONE = RateLimit("invitation-mails-to-one", attempts=10, seconds=3600)


VERIFICATION_MAILS = RateLimit("verification-mails", attempts=5, seconds=3600)


# Drawing the largest of a hundred bytes takes a second.
PICTURES = RateLimit("pictures", attempts=30, seconds=600)


def count_invitation_mail(actor: User, email: str) -> None:
    """Count a mail by who sends it and by who gets it."""
    INVITATION_MAILS.consume(str(actor.pk))
    INVITATION_MAILS_TO_ONE.consume(email)


def count_verification_mail(actor: User) -> None:
    """Count a mail that asks whether an address is theirs."""
    VERIFICATION_MAILS.consume(str(actor.pk))


def count_picture(actor: User) -> None:
    """Count a picture before it is looked at."""
    PICTURES.consume(str(actor.pk))
