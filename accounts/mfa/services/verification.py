"""Verify the second factor of a user: a code, or the answer of a passkey."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import mail_after_commit
from accounts.mfa.ceremonies import INVALID, REFUSED, parse_assertion, verify_assertion
from accounts.mfa.challenges import Purpose
from accounts.mfa.codes import find_matching_step, hash_recovery_code, is_app_code, normalise_code
from accounts.mfa.errors import SecondFactorNeeded
from accounts.mfa.queries import list_methods
from accounts.mfa.relying_party import RelyingParty
from accounts.models import LoginAttempt, Passkey, RecoveryCode, SecondFactor, User
from accounts.security.lockout import CODE_LOCKOUT
from lib.crypto import DecryptionError, decrypt, rotate
from lib.web.errors import Unauthenticated

logger = logging.getLogger(__name__)

WRONG_CODE = _(
    "That’s not the right code, or it has been used. Wait for the next one, and see that your clock is right."
)
WRONG_RECOVERY_CODE = _("That’s none of your recovery codes, or it has been used. Each works once.")


def verify_second_factor(*, user: User, otp: str) -> str:
    """Use a code, which works once, and return its method: `second_factor` or `recovery_code`.

    Callers have checked the password, so that strangers can't cause a lockout. Raise `Unauthenticated` for a missing or
    wrong code, `TooManyAttempts` during a lockout, which is mailed to the user.
    """
    if not otp.strip():
        raise SecondFactorNeeded(list_methods(user))
    attempts = CODE_LOCKOUT.record_attempt(str(user.pk))
    method = _use_code(user, normalise_code(otp))
    if method is None:
        if attempts == CODE_LOCKOUT.attempts:
            mail_after_commit("codes_guessed", to=user.email, user=user)
        raise Unauthenticated("otp_invalid", WRONG_CODE if is_app_code(normalise_code(otp)) else WRONG_RECOVERY_CODE)
    CODE_LOCKOUT.refund(str(user.pk))
    return method


def verify_passkey(*, user: User, answer: Mapping[str, Any], party: RelyingParty) -> str:
    """Use a passkey of this user as second factor, and return its method.

    Raise `Unauthenticated` for a removed one, that of another user, and an answer that is not to our question.
    """
    use_passkey(answer=answer, party=party, purpose=Purpose.SECOND_FACTOR, user=user)
    return str(LoginAttempt.Method.PASSKEY)


def use_passkey(
    *, answer: Mapping[str, Any], party: RelyingParty, purpose: Purpose, user: User | None = None
) -> Passkey:
    """Verify the answer of a passkey, of `user` where one is given, and return it with its user.

    Raise `Unauthenticated` for any other answer.
    """
    credential = parse_assertion(dict(answer))
    with transaction.atomic():
        passkeys = Passkey.objects.select_for_update(of=("self",), no_key=True).select_related("user")
        passkey = passkeys.filter(credential_id=credential.id).first()
        if passkey is None or (user is not None and passkey.user_id != user.pk):
            raise Unauthenticated(REFUSED, INVALID)
        use = verify_assertion(credential, passkey, party, purpose)
        passkey.sign_count, passkey.is_synced, passkey.last_used_at = use.sign_count, use.is_synced, timezone.now()
        passkey.save(update_fields=["sign_count", "is_synced", "last_used_at", "updated_at"])
    return passkey


def rotate_second_factor_keys() -> int:
    """Encrypt every secret with the first of DATA_KEYS, so that the others can be removed; return their number."""
    factors = list(SecondFactor.objects.values_list("pk", "key"))
    for pk, key in factors:
        # A user who has enrolled again meanwhile has another secret, which is encrypted already.
        SecondFactor.objects.filter(pk=pk, key=key).update(key=rotate(key))
    return len(factors)


def decrypt_secret(factor: SecondFactor) -> str | None:
    """Return the secret of a second factor, or nothing when no configured key decrypts it."""
    try:
        return decrypt(factor.key)
    except DecryptionError:
        logger.error("No key opens the second factor of %s: was DATA_KEYS or SECRET_KEY changed?", factor.user_id)
        return None


def _use_code(user: User, code: str) -> str | None:
    if is_app_code(code):
        return LoginAttempt.Method.SECOND_FACTOR if _use_app_code(user, code) else None
    return LoginAttempt.Method.RECOVERY_CODE if _use_recovery_code(user, code) else None


def _use_app_code(user: User, code: str) -> bool:
    factor = SecondFactor.objects.filter(user=user, confirmed=True).first()
    secret = decrypt_secret(factor) if factor else None
    if factor is None or secret is None:
        return False
    step = find_matching_step(secret, code, after=factor.last_t)
    if step is None:
        return False
    # Compare and swap: of several at the same time, the database lets one through.
    return SecondFactor.objects.filter(pk=factor.pk, last_t__lt=step).update(last_t=step) == 1


@transaction.atomic
def _use_recovery_code(user: User, code: str) -> bool:
    """Use a recovery code and mail the user, in case another person has found it."""
    unused = RecoveryCode.objects.filter(user=user, used_at=None)
    if not unused.filter(code_hash=hash_recovery_code(code)).update(used_at=timezone.now()):
        return False
    mail_after_commit("recovery_code_used", to=user.email, user=user, left=unused.count(), moment=timezone.now())
    return True
