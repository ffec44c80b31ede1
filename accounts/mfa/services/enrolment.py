"""Turn the authenticator app of a user on and off, renew recovery codes, and reset all factors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import HIDDEN, record_deleted, record_updated
from accounts.mail import mail_after_commit
from accounts.mfa.codes import build_otpauth_url, find_matching_step, generate_secret, normalise_code
from accounts.mfa.enforcement import organisations_requiring
from accounts.mfa.queries import has_app, list_methods
from accounts.mfa.services.factors import (
    Proof,
    activate_second_factor,
    deactivate_without_factors,
    lock_user,
    replace_recovery_codes,
    require_enrolled,
    require_owner,
    require_proof,
    require_removable,
)
from accounts.mfa.services.verification import WRONG_CODE, decrypt_secret
from accounts.models import Passkey, RecoveryCode, SecondFactor, User
from accounts.passwords.services import reauthenticate_user
from accounts.sessions.services import end_other_sessions
from lib.crypto import encrypt
from lib.web.errors import Conflict

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
    methods: list[str]


def get_second_factor_status(user: User) -> SecondFactorStatus:
    """Return the status of a user's second factor. Three queries."""
    return SecondFactorStatus(
        enabled=user.second_factor_at is not None,
        confirmed_at=user.second_factor_at,
        recovery_codes_left=RecoveryCode.objects.filter(user=user, used_at=None).count(),
        required_by=organisations_requiring(user),
        methods=list_methods(user),
    )


def begin_enrolment(*, actor: User) -> Enrolment:
    """Create a secret, which takes effect once a code has confirmed it, in place of an earlier unconfirmed one.

    Raise `Conflict` when the actor has an authenticator app.
    """
    secret = generate_secret()
    with transaction.atomic():
        lock_user(actor)
        if has_app(actor):
            raise Conflict(_("You have an authenticator app already. Remove it first."), "second_factor_on")
        SecondFactor.objects.update_or_create(
            user=actor, defaults={"name": DEVICE_NAME, "key": encrypt(secret), "confirmed": False, "last_t": -1}
        )
    return _build_enrolment(actor, secret)


def get_pending_enrolment(user: User) -> Enrolment | None:
    """Return the enrolment that a user has begun and not yet confirmed, or nothing."""
    factor = SecondFactor.objects.filter(user=user, confirmed=False).first()
    secret = decrypt_secret(factor) if factor else None
    return _build_enrolment(user, secret) if secret else None


def confirm_enrolment(
    *, actor: User, otp: str, keep_session: UUID | None, password: str = "", proof: Proof | None = None
) -> list[str]:
    """Turn the authenticator app on with a first code, and mail the actor.

    Beside passkeys it requires the password; of a user without one, a passkey or a recovery code. Return the recovery
    codes if it is the first factor; then all sessions but `keep_session` end. Raise `ValidationError` for a wrong code,
    password or proof, `Conflict` without an enrolment.
    """
    # Looked at before the proof, which may be a recovery code and works once.
    _find_step(*_get_pending_factor(actor), otp)
    if actor.second_factor_at is not None:
        require_owner(actor, password=password, proof=proof, field="recovery_code")
    now = timezone.now()
    with transaction.atomic():
        user = lock_user(actor)
        factor, secret = _get_pending_factor(actor)
        step = _find_step(factor, secret, otp)
        factor.confirmed, factor.confirmed_at, factor.last_t = True, now, step
        factor.save(update_fields=["confirmed", "confirmed_at", "last_t", "updated_at"])
        recovery_codes = activate_second_factor(user, actor, keep_session=keep_session)
        record_updated(actor, factor, confirmed=(False, True))
        _mail_notice(actor, "second_factor_on")
    return recovery_codes


def regenerate_recovery_codes(*, actor: User, proof: Proof) -> list[str]:
    """Replace the recovery codes, mail the actor, and return the new codes.

    Raise `ValidationError` for a wrong proof, `Conflict` when the second factor is off.
    """
    require_enrolled(actor)
    require_proof(actor, proof)
    with transaction.atomic():
        user = lock_user(actor)
        require_enrolled(user)
        recovery_codes = replace_recovery_codes(actor)
        record_updated(actor, user, recovery_codes=HIDDEN)
        _mail_notice(actor, "recovery_codes_renewed")
    return recovery_codes


def remove_second_factor(*, actor: User, proof: Proof, password: str | None = None) -> bool:
    """Remove the authenticator app and mail the actor; return whether this has turned the second factor off.

    A password, where given, must be right: pages ask for it, in case another person has the phone. Raise
    `PermissionDenied` while an organisation requires a second factor and this is the last, `ValidationError` for a
    wrong proof or password, `Conflict` without an app.
    """
    _require_app(actor)
    if not Passkey.objects.filter(user=actor).exists():
        require_removable(actor)
    if password is not None:
        reauthenticate_user(actor=actor, password=password)
    require_proof(actor, proof)
    with transaction.atomic():
        user = lock_user(actor)
        _delete_app(user, by=actor)
        is_off = deactivate_without_factors(user, actor)
        if is_off:
            require_removable(actor)
        _mail_notice(actor, "second_factor_off" if is_off else "app_removed")
    return is_off


def requires_second_factor(user: User) -> bool:
    """Tell whether a sign-in of the user requires a second factor.

    It is read from the database, as checking the password may have taken long since `user` was loaded.
    """
    requires: bool = User.objects.filter(pk=user.pk, second_factor_at__isnull=False).exists()
    return requires


def reset_second_factor(*, actor: User, user_id: UUID) -> None:
    """Remove all factors of a user who has lost them and the recovery codes, for system administrators.

    All sessions of the user end, and they are mailed. Raise `DoesNotExist` for other actors, `PermissionDenied` for
    the actor's own second factor, `Conflict` when the second factor is off.
    """
    user: User = User.objects.administered_by(actor).get(pk=user_id)
    if user_id == actor.pk:
        raise PermissionDenied(_("Turn off your own in your settings."))
    with transaction.atomic():
        locked = lock_user(user)
        require_enrolled(locked)
        if has_app(user):
            _delete_app(user, by=actor)
        for passkey in Passkey.objects.filter(user=user).select_related("user"):
            record_deleted(actor, passkey, name=passkey.name)
            passkey.delete()
        deactivate_without_factors(locked, user)
        end_other_sessions(user=user)
        mail_after_commit("second_factor_removed", to=user.email, user=user)


def _get_pending_factor(user: User) -> tuple[SecondFactor, str]:
    factor = SecondFactor.objects.filter(user=user, confirmed=False).select_related("user").first()
    secret = decrypt_secret(factor) if factor else None
    if factor is None or secret is None:
        raise Conflict(_("There is nothing to confirm. Start again."), "second_factor_not_begun")
    return factor, secret


def _find_step(factor: SecondFactor, secret: str, otp: str) -> int:
    """Return the time step of a first code; raise `ValidationError` for a wrong one."""
    step = find_matching_step(secret, normalise_code(otp), after=factor.last_t)
    if step is None:
        raise ValidationError({"otp": WRONG_CODE})
    return step


def _delete_app(user: User, *, by: User) -> None:
    _require_app(user)
    factor = SecondFactor.objects.select_related("user").get(user=user, confirmed=True)
    record_deleted(by, factor, confirmed_at=factor.confirmed_at)
    factor.delete()


def _require_app(user: User) -> None:
    if not has_app(user):
        raise Conflict(_("You have no authenticator app here."), "second_factor_off")


def _mail_notice(user: User, template: str) -> None:
    """Mail a user about a change, in case another person has made it."""
    mail_after_commit(template, to=user.email, user=user)


def _build_enrolment(user: User, secret: str) -> Enrolment:
    return Enrolment(secret=secret, otpauth_url=build_otpauth_url(secret, user.email or user.username))
