"""Turn a user's second factor on with their first one, and off with the last; ask for one again.

All but the proofs run in the transaction of their callers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mfa.codes import generate_recovery_codes, hash_recovery_code
from accounts.mfa.enforcement import organisations_requiring, update_second_factor_due
from accounts.mfa.relying_party import RelyingParty
from accounts.mfa.services.verification import verify_passkey, verify_second_factor
from accounts.models import Passkey, RecoveryCode, SecondFactor, User
from accounts.passwords.services import reauthenticate_user
from accounts.sessions.services import end_other_sessions
from lib.web.errors import Conflict, Unauthenticated


@dataclass(frozen=True, slots=True)
class Proof:
    """What a user proves their second factor with: a code, or the answer of a passkey at the address of `party`."""

    otp: str = ""
    passkey: Mapping[str, Any] | None = None
    party: RelyingParty | None = None


def require_proof(user: User, proof: Proof, *, field: str = "otp") -> str:
    """Return the method of a proof; raise `ValidationError` at `field` for a wrong one, `TooManyAttempts`."""
    try:
        return verify_proof(user, proof)
    except Unauthenticated as error:  # the user is signed in, and only the proof is wrong
        raise ValidationError({field: error.detail}) from error


def require_owner(actor: User, *, password: str, proof: Proof | None, field: str = "otp") -> None:
    """Require the password before the factors change; of a user without one, the second factor they have.

    Else whoever uses their session could add a factor, and prove themself by it from then on. Raise `ValidationError`
    for a wrong password, and at `field` for a wrong proof; `TooManyAttempts`.
    """
    if actor.has_usable_password():
        reauthenticate_user(actor=actor, password=password)
    elif actor.second_factor_at is not None:
        require_proof(actor, proof or Proof(), field=field)


def verify_proof(user: User, proof: Proof) -> str:
    """Return the method of a proof; raise `Unauthenticated` for a missing or wrong one, `TooManyAttempts`."""
    if proof.passkey is not None and proof.party is not None:
        return verify_passkey(user=user, answer=proof.passkey, party=proof.party)
    return verify_second_factor(user=user, otp=proof.otp)


def lock_user(user: User) -> User:
    """Return the user's row, locked until the commit."""
    locked: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return locked


def require_enrolled(user: User) -> None:
    """Raise `Conflict` when the user's second factor is off."""
    if user.second_factor_at is None:
        raise Conflict(_("Two-factor authentication is not on."), "second_factor_off")


def require_removable(actor: User) -> None:
    """Raise `PermissionDenied` while an organisation requires a second factor of the actor."""
    if organisations := organisations_requiring(actor):
        raise PermissionDenied(
            format_lazy(_("{names}: all members need two-factor authentication there."), names=", ".join(organisations))
        )


def activate_second_factor(user: User, actor: User, *, keep_session: UUID | None) -> list[str]:
    """Ask for the factor that `actor` has just added at every sign-in; return the recovery codes if it is their first.

    `user` is the locked row. With the first factor all sessions but `keep_session` end.
    """
    if user.second_factor_at is not None:
        actor.refresh_from_db(fields=["second_factor_at", "second_factor_due"])
        return []
    recovery_codes = replace_recovery_codes(actor)
    save_second_factor_state(user, actor, since=timezone.now())
    end_other_sessions(user=actor, keep_session=keep_session)
    return recovery_codes


def deactivate_without_factors(user: User, actor: User) -> bool:
    """Turn the second factor off and delete the recovery codes if no factor is left; tell whether it was so."""
    if has_factors(actor):
        return False
    RecoveryCode.objects.filter(user=user).delete()
    save_second_factor_state(user, actor, since=None)
    return True


def has_factors(user: User) -> bool:
    """Tell whether the user has an authenticator app or a passkey."""
    return SecondFactor.objects.filter(user=user, confirmed=True).exists() or Passkey.objects.filter(user=user).exists()


def replace_recovery_codes(user: User) -> list[str]:
    """Replace the user's recovery codes and return the new ones, of which only hashes are stored."""
    codes = generate_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, code_hash=hash_recovery_code(code)) for code in codes])
    return codes


def save_second_factor_state(user: User, actor: User, *, since: datetime | None) -> None:
    """Save on the user's row since when they have a second factor, and whether one is due; reload both on `actor`."""
    user.second_factor_at = since
    user.save(update_fields=["second_factor_at", "updated_at"])
    update_second_factor_due(User.objects.filter(pk=user.pk))
    actor.refresh_from_db(fields=["second_factor_at", "second_factor_due"])
