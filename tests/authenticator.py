"""An authenticator in software: creates passkeys (ES256) and signs with them, as a browser would hand it on."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
SYNCED = 0x08 | 0x10
ORIGIN = "http://localhost"


@dataclass
class Authenticator:
    """A key of one account. It asks for a fingerprint (`verifies`), and counts its signatures unless it is synced."""

    origin: str = ORIGIN
    verifies: bool = True
    synced: bool = False
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user_handle: bytes = b""

    def create(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.create()`."""
        self.user_handle = base64url_to_bytes(options["user"]["id"])
        length = len(self.credential_id).to_bytes(2, "big")
        attested = bytes(16) + length + self.credential_id + self._encode_public_key()
        data = self._build_data(options["rp"]["id"], ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": self._build_client_data("webauthn.create", options, **changes),
            "attestationObject": bytes_to_base64url(attestation),
            "transports": ["internal"],
        }
        return self._wrap_response(response) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def use(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.get()`."""
        self.count += 0 if self.synced else 1
        data = self._build_data(options["rpId"], 0)
        client_data = self._build_client_data("webauthn.get", options, **changes)
        signed = data + hashlib.sha256(base64url_to_bytes(client_data)).digest()
        return self._wrap_response(
            {
                "clientDataJSON": client_data,
                "authenticatorData": bytes_to_base64url(data),
                "signature": bytes_to_base64url(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": bytes_to_base64url(self.user_handle),
            }
        )

    def _wrap_response(self, response: dict[str, Any]) -> dict[str, Any]:
        name = bytes_to_base64url(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}

    def _build_data(self, domain: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0) | (SYNCED if self.synced else 0)
        return hashlib.sha256(domain.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _build_client_data(self, kind: str, options: dict[str, Any], **changes: Any) -> str:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin} | changes
        return bytes_to_base64url(json.dumps(told).encode())

    def _encode_public_key(self) -> bytes:
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
