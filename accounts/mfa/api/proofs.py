"""Read the second factor that a request proves."""

from __future__ import annotations

from accounts.mfa.relying_party import find_relying_party
from accounts.mfa.schemas import OptionalProofIn
from accounts.mfa.services.factors import Proof
from accounts.requests import ApiRequest


def read_proof(request: ApiRequest, body: OptionalProofIn) -> Proof:
    """Return the code or the passkey of a body; raise `Conflict` for a passkey where there can be none."""
    if body.passkey is None:
        return Proof(otp=body.otp)
    return Proof(passkey=body.passkey.model_dump(), party=find_relying_party(request))
