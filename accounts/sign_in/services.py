"""Sign in over REST, and check the code of a second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.login_attempts.services import record_login_attempt
from accounts.mfa.services.enrolment import requires_second_factor
from accounts.mfa.services.verification import verify_second_factor
from accounts.models import LoginAttempt, User
from accounts.security.lockout import reset_lockout
from accounts.tokens.services.families import TokenPair, issue_tokens
from lib.password_hashers import simulate_check
from lib.web.errors import TooManyAttempts, Unauthenticated


def sign_in(
    *,
    email: str,
    password: str,
    otp: str | None = None,
    ip_address: str | None = None,
    user_agent: str = "",
    origin: str = "",
) -> TokenPair:
    """Return a first pair of tokens for a user's password, and the code where there is a second factor.

    Raises `Unauthenticated`, alike and after as long for an unknown address and a wrong password.
    """
    user = User.objects.filter(email=User.objects.normalize_email(email), kind=User.Kind.HUMAN).first()
    method = LoginAttempt.Method.TOKEN
    client: dict[str, Any] = {"ip_address": ip_address, "user_agent": user_agent}
    reason = _get_failure_reason(user, password)
    if user is None or reason:
        record_login_attempt(user=user, email=email, method=method, reason=reason, **client)
        raise _build_unauthenticated(reason)
    reset_lockout(email, ip_address)
    has_second_factor = requires_second_factor(user)
    if has_second_factor:
        check_code(user=user, otp=otp or "", method=method, ip_address=ip_address, user_agent=user_agent)
    pair = _issue_tokens(user, has_second_factor, **client)
    if pair is None:
        record_login_attempt(user=user, email=email, method=method, reason="wrong_password", **client)
        raise _build_unauthenticated("wrong_password")
    record_login_attempt(user=user, email=email, method=method, origin=origin, **client)
    return pair


@transaction.atomic
def _issue_tokens(user: User, has_second_factor: bool, **client: Any) -> TokenPair | None:
    """Return a pair of tokens, or None where what has just been checked is no longer true.

    Hashing a password takes a while. To change it, or to lock the account, ends only the tokens that exist by then.
    """
    unchanged = User.objects.select_for_update(no_key=True).filter(
        pk=user.pk, password=user.password, is_active=True, second_factor_at__isnull=not has_second_factor
    )
    return issue_tokens(user=user, **client) if unchanged.first() else None


def check_code(*, user: User, otp: str, method: str, ip_address: str | None = None, user_agent: str = "") -> str:
    """Return the method that a code stands for: second factor or recovery code.

    A wrong code is recorded as a failed login attempt by `method`. Raises `Unauthenticated` and `TooManyAttempts`.
    """
    try:
        return verify_second_factor(user=user, otp=otp)
    except (Unauthenticated, TooManyAttempts) as error:
        record_login_attempt(
            user=user,
            email=user.email or "",
            method=method,
            reason=getattr(error, "code", "locked"),
            ip_address=ip_address,
            user_agent=user_agent,
        )
        raise


def _get_failure_reason(user: User | None, password: str) -> str:
    """Return why credentials are refused, or an empty string; hash the password in any case, so as to take as long."""
    if user is None:
        simulate_check(password)
        return "unknown_email"
    if not user.check_password(password):
        return "wrong_password"
    if not user.is_active:
        return "inactive"
    if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and user.email_verified_at is None:
        return "email_unverified"
    return ""


def _build_unauthenticated(reason: str) -> Unauthenticated:
    if reason == "email_unverified":
        return Unauthenticated(reason, _("Confirm your e-mail address first."))
    return Unauthenticated("bad_credentials", _("E-mail address or password is wrong."))
