"""A browser with a subscription, which decrypts what it gets: written from RFC 8188 and 8291, not from our own code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from accounts.models import User, new_id
from notifications.models import PushSecrets, PushSubscription
from notifications.push.services import save_push_subscription


def derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF of one block, as the RFC spells it out."""
    extracted = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()[:length]


class FakeBrowser:
    """Keys of a subscription."""

    def __init__(self, *, key: ec.EllipticCurvePrivateKey | None = None, auth: bytes | None = None) -> None:
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        self.auth = auth or os.urandom(16)
        self.public_key = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        """The keys as `PushSubscription.toJSON()` gives them."""
        return {
            name: base64.urlsafe_b64encode(value).decode().rstrip("=")
            for name, value in (("p256dh", self.public_key), ("auth", self.auth))
        }

    def decrypt(self, body: bytes) -> bytes:
        salt, (record_size, id_length) = body[:16], struct.unpack("!IB", body[16:21])
        server_key, record = body[21 : 21 + id_length], body[21 + id_length :]
        assert len(record) <= record_size
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(self.key.curve, server_key))
        secret = derive(self.auth, shared, b"WebPush: info\x00" + self.public_key + server_key, 32)
        key = derive(salt, secret, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = derive(salt, secret, b"Content-Encoding: nonce\x00", 12)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\x00")
        assert padded.endswith(b"\x02")
        return padded[:-1]


def subscribe_browser(user: User, path: str) -> PushSubscription:
    """Subscribe a browser of a user's at a known push service; no test asks that."""
    secrets = PushSecrets(f"https://fcm.googleapis.com/fcm/send/{path}", **FakeBrowser().keys)
    return save_push_subscription(actor=user, session_id=new_id(), secrets=secrets, origin="https://atrium.example/")
