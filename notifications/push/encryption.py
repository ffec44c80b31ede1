"""Encrypt a push for one browser, so that the service that carries it reads nothing (RFC 8291, by RFC 8188)."""

from __future__ import annotations

import base64
import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ENCODING = "aes128gcm"
# Services take 4096 bytes of body at most. What has one record needs no more than its tag and header beside the text.
RECORD_SIZE = 4096
MAX_PLAINTEXT = 3072
LAST_RECORD = b"\x02"
AUTH_BYTES, POINT_BYTES = 16, 65


def encrypt_push(
    plaintext: bytes,
    *,
    public_key: bytes,
    auth: bytes,
    salt: bytes | None = None,
    own_key: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """Return the body of a push for the browser whose subscription has these two keys.

    `salt` and `own_key` are random, but in tests. Raise ValueError for keys that are none, or more than 3 KB.
    """
    if len(plaintext) > MAX_PLAINTEXT:
        raise ValueError(f"A push holds {MAX_PLAINTEXT} bytes, not {len(plaintext)}.")
    salt, own_key = salt or os.urandom(16), own_key or ec.generate_private_key(ec.SECP256R1())
    own_public_key = encode_point(own_key.public_key())
    shared_secret = own_key.exchange(ec.ECDH(), load_point(public_key))
    key_info = b"WebPush: info\0" + public_key + own_public_key
    input_key = _derive_key(shared_secret, salt=auth, info=key_info, length=32)
    content_key = _derive_key(input_key, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derive_key(input_key, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    header = salt + struct.pack("!IB", RECORD_SIZE, len(own_public_key)) + own_public_key
    return header + AESGCM(content_key).encrypt(nonce, plaintext + LAST_RECORD, None)


def load_point(encoded: bytes) -> ec.EllipticCurvePublicKey:
    """Return the public key of an uncompressed point of P-256. Raise ValueError for any other bytes."""
    if len(encoded) != POINT_BYTES:
        raise ValueError("This is no uncompressed point of P-256.")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), encoded)


def encode_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as an uncompressed point: 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encode_base64url(content: bytes) -> str:
    """Return bytes as URL-safe base64 without padding, as keys and tokens of web push are written."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decode_base64url(text: str) -> bytes:
    """Return the bytes of URL-safe base64, padded or not. Raise ValueError for what is none."""
    unpadded = text.rstrip("=")
    return base64.b64decode(unpadded + "=" * (-len(unpadded) % 4), altchars=b"-_", validate=True)


def _derive_key(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
