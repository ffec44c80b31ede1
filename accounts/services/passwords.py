"""What is wrong with a password, before anybody takes it."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.names import handle_from
from accounts.throttling import GUESSES


def weaknesses_of(
    password: str, *, user: User | None = None, name: str = "", email: str = "", username: str = ""
) -> list[str]:
    """In words, what keeps a password from being taken: the same that signing up or changing it would say."""
    owner = user or User(email=email, name=name, username=username or handle_from(name, keep="._", fallback="member"))
    try:
        validate_password(password, owner)
    except ValidationError as error:
        return list(error.messages)
    return []


def reauthenticate(*, actor: User, password: str) -> None:
    """Let somebody go on who gives their password once more, in case another person sits there. Whoever came by a
    provider has none to give. Wrong ones count as guesses.
    """
    if actor.has_usable_password():
        with GUESSES.guess("password", str(actor.pk)):
            require_password(actor, password, field="password")


def require_password(user: User, password: str, *, field: str = "current_password") -> None:
    """Refuse what is not their password. Whoever came by a provider has none, and is told how to set one."""
    if not user.has_usable_password():
        raise ValidationError({field: _("You have no password yet. Have a link mailed to you that sets one.")})
    if not check_password(password, user.password):
        raise ValidationError({field: _("This is not your password.")})
