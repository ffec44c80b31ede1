"""Add, rename and remove the passkeys of a user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.mail import mail_after_commit
from accounts.mfa.ceremonies import build_creation_options, build_request_options, verify_creation
from accounts.mfa.challenges import Purpose
from accounts.mfa.queries import has_app, passkeys_of
from accounts.mfa.relying_party import RelyingParty
from accounts.mfa.services.factors import (
    Proof,
    activate_second_factor,
    deactivate_without_factors,
    lock_user,
    require_owner,
    require_removable,
)
from accounts.models import Passkey, User
from lib.text.names import clean_name
from lib.web.errors import Conflict, Unauthenticated

# More would not fit into the options that browsers accept, and nobody has so many devices.
MAX_PASSKEYS = 25


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """New passkey, and the recovery codes that come with a user's first factor."""

    passkey: Passkey
    recovery_codes: list[str]


def begin_passkey(
    *, actor: User, party: RelyingParty, password: str = "", proof: Proof | None = None
) -> dict[str, Any]:
    """Return the options with which a browser creates a passkey.

    It requires the password; of a user without one, their second factor. Raise `ValidationError` for a wrong one,
    `TooManyAttempts` during a lockout, `Conflict` above `MAX_PASSKEYS`.
    """
    existing = list(passkeys_of(actor))
    _require_room(len(existing))
    require_owner(actor, password=password, proof=proof)
    return build_creation_options(actor, party, existing)


def finish_passkey(
    *, actor: User, name: str, credential: Mapping[str, Any], party: RelyingParty, keep_session: UUID | None
) -> NewPasskey:
    """Store the passkey that a browser has created, and mail the actor.

    With the first factor all sessions but `keep_session` end. Raise `ValidationError` for an answer that is not to our
    question, `Conflict` for a passkey that is stored already.
    """
    name = clean_name(name)
    try:
        created = verify_creation(actor, party, dict(credential))
    except Unauthenticated as error:
        raise ValidationError({"credential": error.detail}) from error
    with transaction.atomic():
        user = lock_user(actor)
        _require_room(passkeys_of(actor).count())
        passkey = _store_passkey(
            Passkey(
                user=actor,
                name=name,
                credential_id=created.credential_id,
                public_key=created.public_key,
                sign_count=created.sign_count,
                transports=created.transports,
                is_discoverable=created.is_discoverable,
                is_synced=created.is_synced,
            )
        )
        recovery_codes = activate_second_factor(user, actor, keep_session=keep_session)
        record_created(actor, passkey, name=passkey.name)
        mail_after_commit(
            "passkey_added", to=actor.email, user=actor, passkey=passkey.name, is_first=bool(recovery_codes)
        )
    return NewPasskey(passkey, recovery_codes)


def rename_passkey(*, actor: User, passkey_id: UUID, name: str) -> Passkey:
    """Give a passkey of the actor another name."""
    with transaction.atomic():
        passkey = (
            passkeys_of(actor).select_for_update(of=("self",), no_key=True).select_related("user").get(pk=passkey_id)
        )
        former, passkey.name = passkey.name, clean_name(name)
        passkey.save(update_fields=["name", "updated_at"])
        record_updated(actor, passkey, name=(former, passkey.name))
    return passkey


def remove_passkey(*, actor: User, passkey_id: UUID, password: str = "", proof: Proof | None = None) -> bool:
    """Remove a passkey and mail the actor; return whether this has turned the second factor off.

    It requires the password; of a user without one, a second factor. Raise `ValidationError` for a wrong one,
    `PermissionDenied` while an organisation requires a second factor and this is the last.
    """
    passkeys_of(actor).get(pk=passkey_id)
    if not has_app(actor) and passkeys_of(actor).count() == 1:
        require_removable(actor)
    require_owner(actor, password=password, proof=proof)
    with transaction.atomic():
        user = lock_user(actor)
        passkey = passkeys_of(actor).select_related("user").get(pk=passkey_id)
        record_deleted(actor, passkey, name=passkey.name)
        name = passkey.name
        passkey.delete()
        is_off = deactivate_without_factors(user, actor)
        if is_off:
            require_removable(actor)
        mail_after_commit("passkey_removed", to=actor.email, user=actor, passkey=name, is_off=is_off)
    return is_off


def build_second_factor_options(*, user: User, party: RelyingParty) -> dict[str, Any]:
    """Return the options with which a browser proves a passkey of this user beside what they have proved already."""
    passkeys = passkeys_of(user).order_by("-last_used_at", "-pk")
    return build_request_options(party, Purpose.SECOND_FACTOR, user=user, passkeys=passkeys)


def build_sign_in_options(*, party: RelyingParty) -> dict[str, Any]:
    """Return the options with which a browser signs in with any passkey that it has for this server."""
    return build_request_options(party, Purpose.SIGN_IN)


def _store_passkey(passkey: Passkey) -> Passkey:
    try:
        with transaction.atomic():
            passkey.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("This passkey has been added already."), "passkey_taken") from error
    return passkey


def _require_room(count: int) -> None:
    if count >= MAX_PASSKEYS:
        raise Conflict(
            format_lazy(_("At most {count} passkeys. Remove one first."), count=MAX_PASSKEYS), "passkeys_full"
        )
