"""Add, list, rename and remove the user's passkeys over REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from accounts.authentication import AUTH_BEFORE_ENROLMENT
from accounts.mfa.api.proofs import read_proof
from accounts.mfa.queries import passkeys_of
from accounts.mfa.relying_party import find_relying_party
from accounts.mfa.schemas import (
    NewPasskeyOut,
    PasskeyIn,
    PasskeyOut,
    PasskeyPatch,
    PasskeyRegistrationIn,
    PasskeyRemovalIn,
)
from accounts.mfa.services import passkeys
from accounts.models import Passkey
from accounts.requests import ApiRequest, forbid_storing
from lib.web.openapi import ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

# A passkey is a second factor that a user who must enrol can enrol with.
router = Router(tags=["me"], auth=AUTH_BEFORE_ENROLMENT)

PASSKEY = {
    "id": ID,
    "name": "Work laptop",
    "is_discoverable": True,
    "is_synced": False,
    "created_at": MOMENT,
    "last_used_at": None,
}
CHALLENGE = "pWgY2sb0v1x0m2bq0mQy7b0Jq5yQ0l3n8mJ8kqf0b9k"
CREDENTIAL_ID = "Yk0b3vV0cTq2bJwQyq5m1w"
CREATION_OPTIONS = {
    "rp": {"id": "atrium.example", "name": "Atrium"},
    "user": {"id": "AZXzonwefVKbCj9sHS5KUQ", "name": "alice@halyard.example", "displayName": "Alice Moreau"},
    "challenge": CHALLENGE,
    "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    "timeout": 600_000,
    "excludeCredentials": [],
    "authenticatorSelection": {"residentKey": "preferred", "userVerification": "preferred"},
    "attestation": "none",
    "extensions": {"credProps": True},
}
REQUEST_OPTIONS = {
    "rpId": "atrium.example",
    "challenge": CHALLENGE,
    "timeout": 600_000,
    "allowCredentials": [{"id": CREDENTIAL_ID, "type": "public-key"}],
    "userVerification": "discouraged",
}
CREATED_CREDENTIAL = {
    "id": CREDENTIAL_ID,
    "rawId": CREDENTIAL_ID,
    "type": "public-key",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
        "attestationObject": "o2NmbXRkbm9uZQ",
        "transports": ["internal"],
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
}
RECOVERY_CODES = {"recovery_codes": ["K7QJ-4MZT-2XWD-VN6A", "3RFB-YH5C-PLQE-7UKS"]}


@router.get("/me/passkeys", response=Page[PasskeyOut], openapi_extra=show_example(wrap_page(PASSKEY)))
def list_passkeys(request: ApiRequest, page: Query[PageQuery]) -> Page[PasskeyOut]:
    """List your passkeys, oldest first."""
    return paginate(passkeys_of(request.auth), page, PasskeyOut.of)


@router.post(
    "/me/passkeys/registration",
    response={200: dict[str, Any], **list_problems(409, 429)},
    openapi_extra=show_example(CREATION_OPTIONS, body={"password": "harbour-light-2026"}),
)
def begin_passkey(request: ApiRequest, response: HttpResponse, body: PasskeyRegistrationIn) -> dict[str, Any]:
    """Return the options for `navigator.credentials.create()`, with binary values in base64url.

    They hold for ten minutes and once, at the domain of this request. The password is required of a user who has one;
    of another, `otp` or `passkey` where they have a second factor already.
    """
    forbid_storing(response)
    return passkeys.begin_passkey(
        actor=request.auth,
        party=find_relying_party(request),
        password=body.password or "",
        proof=read_proof(request, body),
    )


@router.post(
    "/me/passkeys",
    response={201: NewPasskeyOut, **list_problems(409)},
    openapi_extra=show_example(
        {"passkey": PASSKEY} | RECOVERY_CODES,
        status=201,
        body={"name": "Work laptop", "credential": CREATED_CREDENTIAL},
    ),
)
def finish_passkey(request: ApiRequest, response: HttpResponse, body: PasskeyIn) -> Status[NewPasskeyOut]:
    """Add the passkey that a browser has created with the options of `/me/passkeys/registration`.

    As the first second factor it ends all other sessions of the user and comes with recovery codes, shown this once.
    """
    new = passkeys.finish_passkey(
        actor=request.auth,
        name=body.name,
        credential=body.credential.model_dump(),
        party=find_relying_party(request),
        keep_session=request.session_id,
    )
    if request.token is None:
        request.session.cycle_key()
    forbid_storing(response)
    return Status(201, NewPasskeyOut(passkey=PasskeyOut.of(new.passkey), recovery_codes=new.recovery_codes))


@router.post(
    "/me/passkeys/verification",
    response={200: dict[str, Any], **list_problems(409)},
    openapi_extra=show_example(REQUEST_OPTIONS),
)
def begin_passkey_verification(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Return the options for `navigator.credentials.get()`, whose answer stands in for a code where one is required."""
    forbid_storing(response)
    return passkeys.build_second_factor_options(user=request.auth, party=find_relying_party(request))


@router.patch(
    "/me/passkeys/{passkey_id}", response=PasskeyOut, openapi_extra=show_example(PASSKEY, body={"name": "Work laptop"})
)
def rename_passkey(request: ApiRequest, passkey_id: UUID, body: PasskeyPatch) -> Passkey:
    """Rename a passkey of yours."""
    return passkeys.rename_passkey(actor=request.auth, passkey_id=passkey_id, name=body.name)


@router.delete(
    "/me/passkeys/{passkey_id}",
    response={204: None, **list_problems(403, 409, 429)},
    openapi_extra=show_example(body={"password": "harbour-light-2026"}),
)
def remove_passkey(request: ApiRequest, passkey_id: UUID, body: PasskeyRemovalIn) -> Status[None]:
    """Remove a passkey of yours: it signs in no more. With the last factor two-factor authentication is off.

    It requires the password; of a user without one, `otp` or `passkey`.
    """
    passkeys.remove_passkey(
        actor=request.auth, passkey_id=passkey_id, password=body.password, proof=read_proof(request, body)
    )
    return Status(204, None)
