"""What is wrong with a password, before anybody takes it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import HIDDEN, record_updated
from accounts.mail import mail_after_commit
from accounts.models import User
from accounts.security.lockout import GUESSES
from accounts.sessions.services import end_other_sessions
from lib.text.slugs import make_handle


def weaknesses_of(
    password: str, *, user: User | None = None, name: str = "", email: str = "", username: str = ""
) -> list[str]:
    """In words, what keeps a password from being taken: the same that signing up or changing it would say."""
    owner = user or User(email=email, name=name, username=username or make_handle(name, keep="._", fallback="member"))
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
        with GUESSES.attempt("password", str(actor.pk)):
            require_password(actor, password, field="password")


def require_password(user: User, password: str, *, field: str = "current_password") -> None:
    """Refuse what is not their password. Whoever came by a provider has none, and is told how to set one."""
    if not user.has_usable_password():
        raise ValidationError({field: _("You have no password yet. Have a link mailed to you that sets one.")})
    if not check_password(password, user.password):
        raise ValidationError({field: _("This is not your password.")})


def tell_of_new_password(user: User, *, origin: str = "") -> None:
    """Say so, and what to do should it have been somebody else."""
    link = f"{origin.rstrip('/')}{reverse('account_reset_password')}" if origin else ""
    mail_after_commit("password_changed", to=user.email, origin=origin, user=user, moment=timezone.now(), link=link)


def change_password(
    *, actor: User, current_password: str, new_password: str, keep_session: UUID | None = None, origin: str = ""
) -> User:
    """A new password for whoever knows the old one; it signs them out everywhere but in `keep_session`.

    Personal tokens go on working.
    """
    require_password(actor, current_password)
    require_good_password(new_password, actor, field="new_password")
    if new_password == current_password:
        raise ValidationError({"new_password": _("This is the password that you have already.")})
    hashed = make_password(new_password)
    with transaction.atomic():
        actor.password = hashed
        actor.save(update_fields=["password", "updated_at"])
        record_updated(actor, actor, password=HIDDEN)
        end_other_sessions(user=actor, keep_session=keep_session)
        tell_of_new_password(actor, origin=origin)
    return actor


def replace_password(*, user: User, password: str) -> None:
    """Another password for whoever has shown by mail that the account is theirs."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password", "updated_at"])
        record_updated(user, user, password=HIDDEN)


def require_good_password(password: str, user: User, *, field: str) -> None:
    """Refuse, at `field`, a password that is too short, too common or too much like its owner."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error
