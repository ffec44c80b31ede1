"""A person's second factor: turning it on and off."""

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
from lib.crypto import seal
from lib.web.errors import Conflict, Unauthenticated

DEVICE_NAME = "Authenticator app"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app is told, by camera or by hand."""

    secret: str
    otpauth_url: str


@dataclass(frozen=True, slots=True)
class SecondFactorStatus:
    enabled: bool
    confirmed_at: datetime | None
    recovery_codes_left: int
    required_by: list[str]


def get_second_factor_status(user: User) -> SecondFactorStatus:
    """How it stands with a person's second factor. Two queries."""
    return SecondFactorStatus(
        enabled=user.second_factor_at is not None,
        confirmed_at=user.second_factor_at,
        recovery_codes_left=RecoveryCode.objects.filter(user=user, used_at=None).count(),
        required_by=organisations_requiring(user),
    )


def begin_enrolment(*, actor: User) -> Enrolment:
    """A fresh secret, which counts once a code has confirmed it. It takes the place of an earlier unconfirmed one."""
    secret = generate_secret()
    with transaction.atomic():
        if _lock_user(actor).second_factor_at is not None:
            raise Conflict(_("Your second factor is on already. Turn it off first."), "second_factor_on")
        SecondFactor.objects.update_or_create(
            user=actor, defaults={"name": DEVICE_NAME, "key": seal(secret), "confirmed": False, "last_t": -1}
        )
    return _build_enrolment(actor, secret)


def get_pending_enrolment(user: User) -> Enrolment | None:
    """What was begun and waits for its first code."""
    factor = SecondFactor.objects.filter(user=user, confirmed=False).first()
    secret = decrypt_secret(factor) if factor else None
    return _build_enrolment(user, secret) if secret else None


def confirm_enrolment(*, actor: User, otp: str, keep_session: UUID | None) -> list[str]:
    """From now on every sign-in asks for a code. Everywhere but in `keep_session` they are signed out.

    Returns the recovery codes, which nobody ever sees again.
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
    """Ten new ones for a code; the old ones stop working."""
    require_enrolled(actor)
    _verify_code(actor, otp)
    with transaction.atomic():
        require_enrolled(_lock_user(actor))
        recovery_codes = _replace_recovery_codes(actor)
        record_updated(actor, _get_confirmed_factor(actor), recovery_codes=HIDDEN)
        _mail_notice(actor, "recovery_codes_renewed")
    return recovery_codes


def remove_second_factor(*, actor: User, otp: str, password: str | None = None) -> None:
    """Let the password alone open the door again. It takes a code, and no organisation that asks for a second factor.

    A password that is given has to be right: pages ask for it, in case somebody else sits there with the phone.
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
    """Delete what is stored. Callers are in a transaction and have decided that this may happen."""
    locked = _lock_user(user)
    require_enrolled(locked)
    factor = _get_confirmed_factor(user)
    record_deleted(by, factor, confirmed_at=factor.confirmed_at)
    factor.delete()
    RecoveryCode.objects.filter(user=user).delete()
    _save_second_factor_state(locked, user, since=None)


def requires_second_factor(user: User) -> bool:
    """Whether signing in takes a code, as the database has it now: `user` may have been read a password hash ago."""
    asks: bool = User.objects.filter(pk=user.pk, second_factor_at__isnull=False).exists()
    return asks


def require_enrolled(user: User) -> None:
    """For what there is to do with a second factor only."""
    if user.second_factor_at is None:
        raise Conflict(_("Your second factor is not on."), "second_factor_off")


def _verify_code(user: User, otp: str) -> None:
    try:
        verify_second_factor(user=user, otp=otp)
    except Unauthenticated as error:  # they are signed in: it is the code that is wrong
        raise ValidationError({"otp": error.detail}) from error


def _replace_recovery_codes(user: User) -> list[str]:
    codes = generate_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, code_hash=hash_recovery_code(code)) for code in codes])
    return codes


def _save_second_factor_state(user: User, actor: User, *, since: datetime | None) -> None:
    """Keep on the person's row what every request asks of it."""
    user.second_factor_at = since
    user.save(update_fields=["second_factor_at", "updated_at"])
    update_second_factor_due(User.objects.filter(pk=user.pk))
    actor.refresh_from_db(fields=["second_factor_at", "second_factor_due"])


def _mail_notice(user: User, news: str) -> None:
    """So that nobody else changes it unseen."""
    mail_after_commit(news, to=user.email, user=user)


def _get_confirmed_factor(user: User) -> SecondFactor:
    return SecondFactor.objects.select_related("user").get(user=user, confirmed=True)


def _lock_user(user: User) -> User:
    locked: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return locked


def _build_enrolment(user: User, secret: str) -> Enrolment:
    return Enrolment(secret=secret, otpauth_url=build_otpauth_url(secret, user.email or user.username))


def reset_second_factor(*, actor: User, user_id: UUID) -> None:
    """Let somebody in again who has lost app and recovery codes: until they enrol anew, the password alone does."""
    user: User = User.objects.administered_by(actor).get(pk=user_id)
    if user_id == actor.pk:
        raise PermissionDenied(_("Turn off your own in your settings."))
    with transaction.atomic():
        require_enrolled(user)
        delete_second_factor(user, by=actor)
        end_other_sessions(user=user)
        mail_after_commit("second_factor_removed", to=user.email, user=user)
