"""Sign in over REST and by passkey, and check the second factor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.login_attempts.services import record_login_attempt
from accounts.mfa.ceremonies import INVALID, REFUSED
from accounts.mfa.challenges import Purpose
from accounts.mfa.queries import passkeys_of
from accounts.mfa.relying_party import RelyingParty
from accounts.mfa.services.enrolment import requires_second_factor
from accounts.mfa.services.factors import Proof, lock_user, verify_proof
from accounts.mfa.services.verification import use_passkey
from accounts.models import LoginAttempt, Passkey, User
from accounts.security.lockout import reset_lockout
from accounts.sign_up.first_account import must_confirm
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
        check_second_factor(
            user=user, proof=Proof(otp=otp or ""), method=method, ip_address=ip_address, user_agent=user_agent
        )
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


def sign_in_with_passkey(
    *,
    answer: Mapping[str, Any],
    party: RelyingParty,
    ip_address: str | None = None,
    user_agent: str = "",
    origin: str = "",
) -> TokenPair:
    """Return a first pair of tokens for the answer of a passkey, which is both factors in one."""
    client: dict[str, Any] = {"ip_address": ip_address, "user_agent": user_agent}
    passkey = authenticate_passkey(answer=answer, party=party, **client)
    user, method = passkey.user, LoginAttempt.Method.PASSKEY
    if must_confirm() and user.email_verified_at is None:
        record_login_attempt(user=user, email=user.email or "", method=method, reason="email_unverified", **client)
        raise _build_unauthenticated("email_unverified")
    pair = _issue_tokens_by_passkey(passkey, **client)
    if pair is None:
        record_login_attempt(user=user, email=user.email or "", method=method, reason=REFUSED, **client)
        raise Unauthenticated(REFUSED, INVALID)
    record_login_attempt(user=user, email=user.email or "", method=method, origin=origin, **client)
    return pair


@transaction.atomic
def _issue_tokens_by_passkey(passkey: Passkey, **client: Any) -> TokenPair | None:
    """Return a pair of tokens, or None where the passkey has been removed or its user deactivated meanwhile."""
    user = lock_user(passkey.user)
    is_valid = user.is_active and passkeys_of(user).filter(pk=passkey.pk).exists()
    return issue_tokens(user=user, **client) if is_valid else None


def authenticate_passkey(
    *, answer: Mapping[str, Any], party: RelyingParty, ip_address: str | None = None, user_agent: str = ""
) -> Passkey:
    """Return the passkey that a user signs in with alone, with its user.

    Raise `Unauthenticated`, alike for an unknown passkey, an answer that is not to our question, and a closed account.
    A failure is recorded as one of the owner of the passkey.
    """
    method = LoginAttempt.Method.PASSKEY
    client: dict[str, Any] = {"ip_address": ip_address, "user_agent": user_agent}
    try:
        passkey = use_passkey(answer=answer, party=party, purpose=Purpose.SIGN_IN)
    except Unauthenticated as error:
        refused = Passkey.objects.filter(credential_id=str(answer.get("id"))).select_related("user").first()
        owner = refused.user if refused else None
        email = (owner.email or "") if owner else ""
        record_login_attempt(user=owner, email=email, method=method, reason=error.code, **client)
        raise
    user: User = passkey.user
    if not user.is_active:
        record_login_attempt(user=user, email=user.email or "", method=method, reason="inactive", **client)
        raise Unauthenticated(REFUSED, INVALID)
    return passkey


def check_second_factor(
    *, user: User, proof: Proof, method: str, ip_address: str | None = None, user_agent: str = ""
) -> str:
    """Return the method of a proof: second factor, recovery code or passkey.

    A wrong one is recorded as a failed login attempt by `method`. Raises `Unauthenticated` and `TooManyAttempts`.
    """
    try:
        return verify_proof(user, proof)
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
    if must_confirm() and user.email_verified_at is None:
        return "email_unverified"
    return ""


def _build_unauthenticated(reason: str) -> Unauthenticated:
    if reason == "email_unverified":
        return Unauthenticated(reason, _("Confirm your e-mail address first."))
    return Unauthenticated("bad_credentials", _("E-mail address or password is wrong."))
