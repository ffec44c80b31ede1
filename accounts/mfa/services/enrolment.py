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
from accounts.mfa.codes import as_typed, hash_recovery_code, matching_step, new_recovery_codes, new_secret, otpauth_url
from accounts.mfa.enforcement import organisations_requiring, update_second_factor_due
from accounts.mfa.services.verification import WRONG, secret_of, verify_second_factor
from accounts.models import RecoveryCode, SecondFactor, User
from accounts.passwords.services import reauthenticate
from accounts.sessions.services import end_other_sessions
from lib.crypto import encrypt
from lib.web.errors import Conflict, Unauthenticated

DEVICE = "Authenticator app"


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


def second_factor_of(user: User) -> SecondFactorStatus:
    """How it stands with a person's second factor. Two queries."""
    return SecondFactorStatus(
        enabled=user.second_factor_at is not None,
        confirmed_at=user.second_factor_at,
        recovery_codes_left=RecoveryCode.objects.filter(user=user, used_at=None).count(),
        required_by=organisations_requiring(user),
    )


def begin_enrolment(*, actor: User) -> Enrolment:
    """A fresh secret, which counts once a code has confirmed it. It takes the place of an earlier unconfirmed one."""
    secret = new_secret()
    with transaction.atomic():
        if _locked(actor).second_factor_at is not None:
            raise Conflict(_("Your second factor is on already. Turn it off first."), "second_factor_on")
        SecondFactor.objects.update_or_create(
            user=actor, defaults={"name": DEVICE, "key": encrypt(secret), "confirmed": False, "last_t": -1}
        )
    return _enrolment(actor, secret)


def pending_enrolment(user: User) -> Enrolment | None:
    """What was begun and waits for its first code."""
    factor = SecondFactor.objects.filter(user=user, confirmed=False).first()
    secret = secret_of(factor) if factor else None
    return _enrolment(user, secret) if secret else None


def confirm_enrolment(*, actor: User, otp: str, keep_session: UUID | None) -> list[str]:
    """From now on every sign-in asks for a code. Everywhere but in `keep_session` they are signed out.

    Returns the recovery codes, which nobody ever sees again.
    """
    now = timezone.now()
    with transaction.atomic():
        user = _locked(actor)
        factor = SecondFactor.objects.filter(user=actor, confirmed=False).select_related("user").first()
        secret = secret_of(factor) if factor else None
        if factor is None or secret is None:
            raise Conflict(_("There is nothing to confirm. Start again."), "second_factor_not_begun")
        step = matching_step(secret, as_typed(otp), after=factor.last_t)
        if step is None:
            raise ValidationError({"otp": WRONG})
        factor.confirmed, factor.confirmed_at, factor.last_t = True, now, step
        factor.save(update_fields=["confirmed", "confirmed_at", "last_t", "updated_at"])
        recovery_codes = _replace_recovery_codes(actor)
        _note(user, actor, since=now)
        record_updated(actor, factor, confirmed=(False, True))
        end_other_sessions(user=actor, keep_session=keep_session)
        _tell(actor, "second_factor_on")
    return recovery_codes


def regenerate_recovery_codes(*, actor: User, otp: str) -> list[str]:
    """Ten new ones for a code; the old ones stop working."""
    require_enrolled(actor)
    _require_code(actor, otp)
    with transaction.atomic():
        require_enrolled(_locked(actor))
        recovery_codes = _replace_recovery_codes(actor)
        record_updated(actor, _confirmed(actor), recovery_codes=HIDDEN)
        _tell(actor, "recovery_codes_renewed")
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
        reauthenticate(actor=actor, password=password)
    _require_code(actor, otp)
    with transaction.atomic():
        forget_second_factor(actor, by=actor)
        _tell(actor, "second_factor_off")


def forget_second_factor(user: User, *, by: User) -> None:
    """Delete what is stored. Callers are in a transaction and have decided that this may happen."""
    locked = _locked(user)
    require_enrolled(locked)
    factor = _confirmed(user)
    record_deleted(by, factor, confirmed_at=factor.confirmed_at)
    factor.delete()
    RecoveryCode.objects.filter(user=user).delete()
    _note(locked, user, since=None)


def asks_for_second_factor(user: User) -> bool:
    """Whether signing in takes a code, as the database has it now: `user` may have been read a password hash ago."""
    asks: bool = User.objects.filter(pk=user.pk, second_factor_at__isnull=False).exists()
    return asks


def require_enrolled(user: User) -> None:
    """For what there is to do with a second factor only."""
    if user.second_factor_at is None:
        raise Conflict(_("Your second factor is not on."), "second_factor_off")


def _require_code(user: User, otp: str) -> None:
    try:
        verify_second_factor(user=user, otp=otp)
    except Unauthenticated as error:  # they are signed in: it is the code that is wrong
        raise ValidationError({"otp": error.detail}) from error


def _replace_recovery_codes(user: User) -> list[str]:
    codes = new_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, code_hash=hash_recovery_code(code)) for code in codes])
    return codes


def _note(user: User, actor: User, *, since: datetime | None) -> None:
    """Keep on the person's row what every request asks of it."""
    user.second_factor_at = since
    user.save(update_fields=["second_factor_at", "updated_at"])
    update_second_factor_due(User.objects.filter(pk=user.pk))
    actor.refresh_from_db(fields=["second_factor_at", "second_factor_due"])


def _tell(user: User, news: str) -> None:
    """So that nobody else changes it unseen."""
    mail_after_commit(news, to=user.email, user=user)


def _confirmed(user: User) -> SecondFactor:
    return SecondFactor.objects.select_related("user").get(user=user, confirmed=True)


def _locked(user: User) -> User:
    locked: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return locked


def _enrolment(user: User, secret: str) -> Enrolment:
    return Enrolment(secret=secret, otpauth_url=otpauth_url(secret, user.email or user.username))


def take_second_factor_away(*, actor: User, user_id: UUID) -> None:
    """Let somebody in again who has lost app and recovery codes: until they enrol anew, the password alone does."""
    user: User = User.objects.administered_by(actor).get(pk=user_id)
    if user_id == actor.pk:
        raise PermissionDenied(_("Turn off your own in your settings."))
    with transaction.atomic():
        require_enrolled(user)
        forget_second_factor(user, by=actor)
        end_other_sessions(user=user)
        mail_after_commit("second_factor_removed", to=user.email, user=user)
