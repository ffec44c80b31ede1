"""Perform the ceremonies of WebAuthn (Level 3) with py_webauthn: what authenticators are asked, and what they answer.

py_webauthn is imported where it is used: few requests need it, and starting is importing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.mfa.challenges import CHALLENGE_SECONDS, Purpose, create_challenge, use_challenge
from accounts.mfa.relying_party import RelyingParty
from accounts.models import Passkey, User
from lib.web.errors import Unauthenticated

if TYPE_CHECKING:
    from webauthn.helpers.structs import AuthenticationCredential, PublicKeyCredentialDescriptor

logger = logging.getLogger(__name__)

NAME = "Atrium"
REFUSED = "passkey_refused"
EXPIRED = _("That took too long, or was sent twice. Try again.")
INVALID = _("This passkey was refused. Use another one, or another way to sign in.")


@dataclass(frozen=True, slots=True)
class NewCredential:
    """What an authenticator has told of a new passkey."""

    credential_id: str
    public_key: bytes
    sign_count: int
    transports: list[str]
    is_discoverable: bool
    is_synced: bool


@dataclass(frozen=True, slots=True)
class Use:
    """What an authenticator has told of a use of a passkey."""

    sign_count: int
    is_synced: bool


def build_creation_options(user: User, party: RelyingParty, existing: Iterable[Passkey]) -> dict[str, Any]:
    """Return the options to create a passkey with, as JSON: one that can sign in by itself where that is possible."""
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=party.id,
        rp_name=NAME,
        user_id=user.pk.bytes,
        user_name=user.email or user.username,
        user_display_name=user.name,
        challenge=create_challenge(Purpose.REGISTRATION, str(user.pk)),
        timeout=CHALLENGE_SECONDS * 1000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=_describe_credentials(existing),
    )
    return options_to_json_dict(options) | {"extensions": {"credProps": True}}


def verify_creation(user: User, party: RelyingParty, answer: dict[str, Any]) -> NewCredential:
    """Return the new passkey that an authenticator has created; raise `Unauthenticated` for anything else."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url, parse_client_data_json, parse_registration_credential_json
    from webauthn.helpers.structs import CredentialDeviceType

    with _refusing_invalid_answers():
        credential = parse_registration_credential_json(answer)
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
        _require_challenge(challenge, Purpose.REGISTRATION, str(user.pk))
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origins,
        )
        return NewCredential(
            credential_id=bytes_to_base64url(verified.credential_id),
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            transports=[transport.value for transport in credential.response.transports or ()],
            is_discoverable=_read_discoverability(answer),
            is_synced=verified.credential_device_type == CredentialDeviceType.MULTI_DEVICE,
        )


def build_request_options(
    party: RelyingParty, purpose: Purpose, *, user: User | None = None, passkeys: Iterable[Passkey] = ()
) -> dict[str, Any]:
    """Return the options to use a passkey with, as JSON: one of `passkeys`, else any that the browser has for us.

    Alone, a passkey has to verify its user, by a fingerprint or a PIN; beside a password it need not.
    """
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import UserVerificationRequirement

    is_alone = purpose is Purpose.SIGN_IN
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=create_challenge(purpose, str(user.pk) if user else ""),
        timeout=CHALLENGE_SECONDS * 1000,
        allow_credentials=_describe_credentials(passkeys),
        user_verification=UserVerificationRequirement.REQUIRED if is_alone else UserVerificationRequirement.DISCOURAGED,
    )
    return options_to_json_dict(options)


def parse_assertion(answer: dict[str, Any]) -> AuthenticationCredential:
    """Return the answer of an authenticator, not yet verified; raise `Unauthenticated` for what is none."""
    from webauthn.helpers import parse_authentication_credential_json

    with _refusing_invalid_answers():
        return parse_authentication_credential_json(answer)


def verify_assertion(
    credential: AuthenticationCredential, passkey: Passkey, party: RelyingParty, purpose: Purpose
) -> Use:
    """Verify what an authenticator has signed with a passkey; raise `Unauthenticated` for anything else.

    A count of signatures that has not grown is refused too: there may be a copy of the authenticator.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers import parse_client_data_json
    from webauthn.helpers.structs import CredentialDeviceType

    is_alone = purpose is Purpose.SIGN_IN
    with _refusing_invalid_answers():
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
        _require_challenge(challenge, purpose, "" if is_alone else str(passkey.user_id))
        handle = credential.response.user_handle
        if handle != passkey.user_id.bytes and (is_alone or handle):
            raise ValueError("The user handle is that of another user.")
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origins,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=is_alone,
        )
        is_synced = verified.credential_device_type == CredentialDeviceType.MULTI_DEVICE
        return Use(sign_count=verified.new_sign_count, is_synced=is_synced)


def _require_challenge(challenge: bytes, purpose: Purpose, owner: str) -> None:
    if not use_challenge(challenge, purpose, owner):
        raise Unauthenticated("passkey_expired", EXPIRED)


@contextmanager
def _refusing_invalid_answers() -> Iterator[None]:
    """Refuse whatever py_webauthn cannot read or does not believe."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        logger.info("A passkey was refused: %s", error)
        raise Unauthenticated(REFUSED, INVALID) from error


def _describe_credentials(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    known = {transport.value for transport in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(passkey.credential_id),
            transports=[AuthenticatorTransport(each) for each in passkey.transports if each in known],
        )
        for passkey in passkeys
    ]


def _read_discoverability(answer: dict[str, Any]) -> bool:
    """Tell whether the browser says that a passkey can sign in by itself; most do, and not all say so."""
    results = answer.get("clientExtensionResults")
    properties = results.get("credProps") if isinstance(results, dict) else None
    return not isinstance(properties, dict) or properties.get("rk") is not False
