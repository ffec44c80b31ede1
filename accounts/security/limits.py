"""Limit what one user or client may ask for within an hour."""

from __future__ import annotations

from accounts.models import User
from lib.rate_limit import Allowance

SIGN_INS = Allowance("sign-ins", attempts=300, seconds=300)


PASSWORD_CHECKS = Allowance("password-checks", attempts=600, seconds=600)


SIGN_UPS = Allowance("sign-ups", attempts=200, seconds=3600)


# Mails to people who did not ask for them.
INVITATION_MAILS = Allowance("invitation-mails", attempts=100, seconds=3600)


INVITATION_MAILS_TO_ONE = Allowance("invitation-mails-to-one", attempts=10, seconds=3600)


VERIFICATION_MAILS = Allowance("verification-mails", attempts=5, seconds=3600)


# Drawing the largest of a hundred bytes takes a second.
PICTURES = Allowance("pictures", attempts=30, seconds=600)


def count_invitation_mail(actor: User, email: str) -> None:
    """Count a mail by who sends it and by who gets it."""
    INVITATION_MAILS.spend(str(actor.pk))
    INVITATION_MAILS_TO_ONE.spend(email)


def count_verification_mail(actor: User) -> None:
    """Count a mail that asks whether an address is theirs."""
    VERIFICATION_MAILS.spend(str(actor.pk))


def count_picture(actor: User) -> None:
    """Count a picture before it is looked at."""
    PICTURES.spend(str(actor.pk))
