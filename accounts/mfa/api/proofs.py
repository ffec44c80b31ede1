"""Read the second factor that a request proves."""

from __future__ import annotations

from accounts.mfa.relying_party import find_relying_party
from accounts.mfa.schemas import OptionalProofIn, UsedCredentialIn
from accounts.mfa.services.factors import Proof
from accounts.requests import ApiRequest


def read_proof(request: ApiRequest, body: OptionalProofIn) -> Proof:
    """Return the code or the passkey of a body; raise `Conflict` for a passkey where there can be none."""
    return build_proof(request, body.otp, body.passkey)


def build_proof(request: ApiRequest, otp: str, passkey: UsedCredentialIn | None) -> Proof:
    """Return the proof of a passkey at the address of a request, else that of a code."""
    if passkey is None:
        return Proof(otp=otp)
    return Proof(passkey=passkey.model_dump(), party=find_relying_party(request))
