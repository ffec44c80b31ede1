"""The code that each sign-in of somebody with a second factor asks for."""

from __future__ import annotations

import logging

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import mail_after_commit
from accounts.mfa.codes import as_typed, hash_recovery_code, is_app_code, matching_step
from accounts.models import LoginAttempt, RecoveryCode, SecondFactor, User
from accounts.security.lockout import CODES
from lib.crypto import DecryptionError, decrypt, rotate
from lib.web.errors import Unauthenticated

logger = logging.getLogger(__name__)

WRONG = _("That’s not the right code, or it has been used. Wait for the next one, and see that your clock is right.")
WRONG_RECOVERY_CODE = _("That’s none of your recovery codes, or it has been used. Each opens once.")


def verify_second_factor(*, user: User, otp: str) -> str:
    """The way in that a code opens, `second_factor` or `recovery_code`. It opens it this once.

    Whoever calls this has seen the password, so that strangers can't use up the tries that an account has.
    """
    if not otp.strip():
        raise Unauthenticated("otp_required", _("Type the code from your authenticator app."))
    tries = CODES.record_attempt(str(user.pk))
    method = _use(user, as_typed(otp))
    if method is None:
        if tries == CODES.attempts:
            mail_after_commit("codes_guessed", to=user.email, user=user)
        raise Unauthenticated("otp_invalid", WRONG if is_app_code(as_typed(otp)) else WRONG_RECOVERY_CODE)
    CODES.refund(str(user.pk))
    return method


def reseal_second_factors() -> int:
    """Seal every secret by the first of DATA_KEYS, so that the others can go; how many there were."""
    factors = list(SecondFactor.objects.values_list("pk", "key"))
    for pk, key in factors:
        # Enrolling anew meanwhile has sealed another secret already.
        SecondFactor.objects.filter(pk=pk, key=key).update(key=rotate(key))
    return len(factors)


def secret_of(factor: SecondFactor) -> str | None:
    """What its codes are made of; nothing where no key opens it any more."""
    try:
        return decrypt(factor.key)
    except DecryptionError:
        logger.error("No key opens the second factor of %s: was DATA_KEYS or SECRET_KEY changed?", factor.user_id)
        return None


def _use(user: User, code: str) -> str | None:
    if is_app_code(code):
        return LoginAttempt.Method.SECOND_FACTOR if _use_app_code(user, code) else None
    return LoginAttempt.Method.RECOVERY_CODE if _use_recovery_code(user, code) else None


def _use_app_code(user: User, code: str) -> bool:
    factor = SecondFactor.objects.filter(user=user, confirmed=True).first()
    secret = secret_of(factor) if factor else None
    if factor is None or secret is None:
        return False
    step = matching_step(secret, code, after=factor.last_t)
    if step is None:
        return False
    # Compare and swap: of several at the same time, the database lets one through.
    return SecondFactor.objects.filter(pk=factor.pk, last_t__lt=step).update(last_t=step) == 1


def _use_recovery_code(user: User, code: str) -> bool:
    """Codes lie on paper and in files: whoever finds one isn't to come in unseen."""
    unused = RecoveryCode.objects.filter(user=user, used_at=None)
    if not unused.filter(code_hash=hash_recovery_code(code)).update(used_at=timezone.now()):
        return False
    mail_after_commit("recovery_code_used", to=user.email, user=user, left=unused.count(), moment=timezone.now())
    return True
