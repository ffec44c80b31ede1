"""Turn the second factor of a user on and off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import HIDDEN, record_deleted, record_updated
from accounts.mail import mail_after_commit
from accounts.mfa.codes import (
    build_otpauth_url,
    find_matching_step,
    generate_recovery_codes,
    generate_secret,
    hash_recovery_code,
    normalise_code,
)
from accounts.mfa.enforcement import organisations_requiring, update_second_factor_due
from accounts.mfa.services.verification import WRONG_CODE, decrypt_secret, verify_second_factor
from accounts.models import RecoveryCode, SecondFactor, User
from accounts.passwords.services import reauthenticate_user
from accounts.sessions.services import end_other_sessions
from lib.crypto import encrypt
from lib.web.errors import Conflict, Unauthenticated

DEVICE_NAME = "Authenticator app"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Secret for an authenticator app, as text and as the URL of a QR code."""

    secret: str
    otpauth_url: str


@dataclass(frozen=True, slots=True)
class SecondFactorStatus:
    """Status of a user's second factor, and the names of the organisations that require it."""

    enabled: bool
    confirmed_at: datetime | None
    recovery_codes_left: int
    required_by: list[str]


def get_second_factor_status(user: User) -> SecondFactorStatus:
    """Return the status of a user's second factor. Two queries."""
    return SecondFactorStatus(
        enabled=user.second_factor_at is not None,
        confirmed_at=user.second_factor_at,
        recovery_codes_left=RecoveryCode.objects.filter(user=user, used_at=None).count(),
        required_by=organisations_requiring(user),
    )


def begin_enrolment(*, actor: User) -> Enrolment:
    """Create a secret, which takes effect once a code has confirmed it, in place of an earlier unconfirmed one.

    Raise `Conflict` when the actor's second factor is on.
    """
    secret = generate_secret()
    with transaction.atomic():
        if _lock_user(actor).second_factor_at is not None:
            raise Conflict(_("Your second factor is on already. Turn it off first."), "second_factor_on")
        SecondFactor.objects.update_or_create(
            user=actor, defaults={"name": DEVICE_NAME, "key": encrypt(secret), "confirmed": False, "last_t": -1}
        )
    return _build_enrolment(actor, secret)


def get_pending_enrolment(user: User) -> Enrolment | None:
    """Return the enrolment that a user has begun and not yet confirmed, or nothing."""
    factor = SecondFactor.objects.filter(user=user, confirmed=False).first()
    secret = decrypt_secret(factor) if factor else None
    return _build_enrolment(user, secret) if secret else None


def confirm_enrolment(*, actor: User, otp: str, keep_session: UUID | None) -> list[str]:
    """Turn the second factor on with a first code, end all sessions but `keep_session`, and mail the actor.

    Return the recovery codes, of which only hashes are stored. Raise `ValidationError` for a wrong code, `Conflict`
    without an enrolment.
    """
    now = timezone.now()
    with transaction.atomic():
        user = _lock_user(actor)
        factor = SecondFactor.objects.filter(user=actor, confirmed=False).select_related("user").first()
        secret = decrypt_secret(factor) if factor else None
        if factor is None or secret is None:
            raise Conflict(_("There is nothing to confirm. Start again."), "second_factor_not_begun")
        step = find_matching_step(secret, normalise_code(otp), after=factor.last_t)
        if step is None:
            raise ValidationError({"otp": WRONG_CODE})
        factor.confirmed, factor.confirmed_at, factor.last_t = True, now, step
        factor.save(update_fields=["confirmed", "confirmed_at", "last_t", "updated_at"])
        recovery_codes = _replace_recovery_codes(actor)
        _save_second_factor_state(user, actor, since=now)
        record_updated(actor, factor, confirmed=(False, True))
        end_other_sessions(user=actor, keep_session=keep_session)
        _mail_notice(actor, "second_factor_on")
    return recovery_codes


def regenerate_recovery_codes(*, actor: User, otp: str) -> list[str]:
    """Replace the recovery codes, mail the actor, and return the new codes.

    It requires a code. Raise `ValidationError` for a wrong code, `Conflict` when the second factor is off.
    """
    require_enrolled(actor)
    _verify_code(actor, otp)
    with transaction.atomic():
        require_enrolled(_lock_user(actor))
        recovery_codes = _replace_recovery_codes(actor)
        record_updated(actor, _get_confirmed_factor(actor), recovery_codes=HIDDEN)
        _mail_notice(actor, "recovery_codes_renewed")
    return recovery_codes


def remove_second_factor(*, actor: User, otp: str, password: str | None = None) -> None:
    """Turn the second factor off and mail the actor.

    It requires a code; a password, where given, must be right: pages ask for it, in case another person has the phone.
    Raise `PermissionDenied` while an organisation requires a second factor, `ValidationError` for a wrong code or
    password, `Conflict` when the second factor is off.
    """
    require_enrolled(actor)
    if organisations := organisations_requiring(actor):
        raise PermissionDenied(
            format_lazy(_("{names}: all members need a second factor there."), names=", ".join(organisations))
        )
    if password is not None:
        reauthenticate_user(actor=actor, password=password)
    _verify_code(actor, otp)
    with transaction.atomic():
        delete_second_factor(actor, by=actor)
        _mail_notice(actor, "second_factor_off")


def delete_second_factor(user: User, *, by: User) -> None:
    """Delete a user's second factor and recovery codes, and record it in the audit log as a change by `by`.

    Callers are in a transaction and have checked that this is allowed. Raise `Conflict` when the second factor is off.
    """
    locked = _lock_user(user)
    require_enrolled(locked)
    factor = _get_confirmed_factor(user)
    record_deleted(by, factor, confirmed_at=factor.confirmed_at)
    factor.delete()
    RecoveryCode.objects.filter(user=user).delete()
    _save_second_factor_state(locked, user, since=None)


def requires_second_factor(user: User) -> bool:
    """Tell whether a sign-in of the user requires a code.

    It is read from the database, as checking the password may have taken long since `user` was loaded.
    """
    requires: bool = User.objects.filter(pk=user.pk, second_factor_at__isnull=False).exists()
    return requires


def require_enrolled(user: User) -> None:
    """Raise `Conflict` when the user's second factor is off."""
    if user.second_factor_at is None:
        raise Conflict(_("Your second factor is not on."), "second_factor_off")


def _verify_code(user: User, otp: str) -> None:
    try:
        verify_second_factor(user=user, otp=otp)
    except Unauthenticated as error:  # the user is signed in, and only the code is wrong
        raise ValidationError({"otp": error.detail}) from error


def _replace_recovery_codes(user: User) -> list[str]:
    codes = generate_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, code_hash=hash_recovery_code(code)) for code in codes])
    return codes


def _save_second_factor_state(user: User, actor: User, *, since: datetime | None) -> None:
    """Save on the user's row since when they have a second factor, and whether one is due; reload both on `actor`."""
    user.second_factor_at = since
    user.save(update_fields=["second_factor_at", "updated_at"])
    update_second_factor_due(User.objects.filter(pk=user.pk))
    actor.refresh_from_db(fields=["second_factor_at", "second_factor_due"])


def _mail_notice(user: User, template: str) -> None:
    """Mail a user about a change, in case another person has made it."""
    mail_after_commit(template, to=user.email, user=user)


def _get_confirmed_factor(user: User) -> SecondFactor:
    return SecondFactor.objects.select_related("user").get(user=user, confirmed=True)


def _lock_user(user: User) -> User:
    locked: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return locked


def _build_enrolment(user: User, secret: str) -> Enrolment:
    return Enrolment(secret=secret, otpauth_url=build_otpauth_url(secret, user.email or user.username))


def reset_second_factor(*, actor: User, user_id: UUID) -> None:
    """Remove the second factor of a user who has lost their app and recovery codes, for system administrators.

    All sessions of the user end, and they are mailed. Raise `DoesNotExist` for other actors, `PermissionDenied` for
    the actor's own second factor, `Conflict` when the second factor is off.
    """
    user: User = User.objects.administered_by(actor).get(pk=user_id)
    if user_id == actor.pk:
        raise PermissionDenied(_("Turn off your own in your settings."))
    with transaction.atomic():
        require_enrolled(user)
        delete_second_factor(user, by=actor)
        end_other_sessions(user=user)
        mail_after_commit("second_factor_removed", to=user.email, user=user)
