"""Check, require and change passwords."""

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
from accounts.security.lockout import LOGIN_LOCKOUT
from accounts.sessions.services import end_other_sessions
from lib.password_hashers import normalize_password
from lib.text.slugs import make_handle


def find_password_problems(
    password: str, *, user: User | None = None, name: str = "", email: str = "", username: str = ""
) -> list[str]:
    """Return the reasons to refuse a password, as text: those that a sign-up or a change of password would give."""
    owner = user or User(email=email, name=name, username=username or make_handle(name, keep="._", fallback="member"))
    try:
        validate_password(normalize_password(password), owner)
    except ValidationError as error:
        return list(error.messages)
    return []


def reauthenticate_user(*, actor: User, password: str) -> None:
    """Require the actor's password once more, in case another person uses their session.

    Users of a provider have no password, and none is required of them. Wrong ones count towards `LOGIN_LOCKOUT`. Raise
    `ValidationError` for a wrong password, `TooManyAttempts` during a lockout.
    """
    if actor.has_usable_password():
        with LOGIN_LOCKOUT.attempt("password", str(actor.pk)):
            require_password(actor, password, field="password")


def require_password(user: User, password: str, *, field: str = "current_password") -> None:
    """Raise `ValidationError` at `field` unless this is the user's password, or when they have none."""
    if not user.has_usable_password():
        raise ValidationError({field: _("You have no password yet. Have a link mailed to you that sets one.")})
    if not check_password(password, user.password):
        raise ValidationError({field: _("This is not your password.")})


def mail_password_changed(user: User, *, origin: str = "") -> None:
    """Mail a user that their password has changed, with a link to reset it if another person has done so."""
    link = f"{origin.rstrip('/')}{reverse('account_reset_password')}" if origin else ""
    mail_after_commit("password_changed", to=user.email, origin=origin, user=user, moment=timezone.now(), link=link)


def change_password(
    *, actor: User, current_password: str, new_password: str, keep_session: UUID | None = None, origin: str = ""
) -> User:
    """Change the password of an actor who knows the current one, and end their sessions but `keep_session`.

    Personal tokens keep working. Refused attempts count towards `LOGIN_LOCKOUT`. Raise `ValidationError` for a wrong
    current or a weak new password, `TooManyAttempts` during a lockout.
    """
    with LOGIN_LOCKOUT.attempt("password", str(actor.pk)):
        require_password(actor, current_password)
        require_strong_password(new_password, actor, field="new_password")
        if normalize_password(new_password) == normalize_password(current_password):
            raise ValidationError({"new_password": _("This is the password that you have already.")})
    hashed = make_password(new_password)
    with transaction.atomic():
        actor.password = hashed
        actor.save(update_fields=["password", "updated_at"])
        record_updated(actor, actor, password=HIDDEN)
        end_other_sessions(user=actor, keep_session=keep_session)
        mail_password_changed(actor, origin=origin)
    return actor


def replace_password(*, user: User, password: str) -> None:
    """Set the password of a user who has proved by mail that the account is theirs."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password", "updated_at"])
        record_updated(user, user, password=HIDDEN)


def require_strong_password(password: str, user: User, *, field: str) -> None:
    """Raise `ValidationError` at `field` for a password that is too short, too common or too similar to its user."""
    try:
        validate_password(normalize_password(password), user)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error
