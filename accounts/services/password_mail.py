"""The mail that tells somebody that their password is another one now."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from accounts.mails import mail_after_commit
from accounts.models import User


def tell_of_new_password(user: User, *, origin: str = "") -> None:
    """Say so, and what to do should it have been somebody else."""
    link = f"{origin.rstrip('/')}{reverse('account_reset_password')}" if origin else ""
    mail_after_commit("password_changed", to=user.email, origin=origin, user=user, moment=timezone.now(), link=link)
