"""Say to push services who sends: a key pair of this server's own, and a token signed by it (RFC 8292).

Browsers subscribe to pushes of that public key alone, so that another key reaches none of them. `VAPID_PRIVATE_KEY`
gives one; else it is made once and kept in the data folder.
"""

from __future__ import annotations

import re
import time
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from lib.secret_files import create_secret_file
from notifications.push.encryption import decode_base64url, encode_base64url, encode_point

KEY_FILE = "vapid_key"
# The RFC allows a day; what is signed anew for each push needs no more than the clocks of others may differ.
TOKEN_SECONDS = 12 * 60 * 60 - 300
# What services accept: a mail address at a host with a dot, or an origin.
MAIL = re.compile(r"mailto:[^@\s<>]+@[\w-]+(\.[\w-]+)+")
ORIGIN = re.compile(r"https://[\w-]+(\.[\w-]+)+")


def build_authorization(endpoint: str, *, origin: str) -> str:
    """Return the header `Authorization` for a push to an endpoint. Its claims are made anew for each call.

    `origin` is this server's address, by which a service reaches its operator where `VAPID_SUBJECT` names no other.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + TOKEN_SECONDS,
        "sub": settings.VAPID_SUBJECT or _find_contact(origin),
    }
    token = jwt.encode(claims, load_private_key(), algorithm="ES256")
    return f"vapid t={token}, k={get_public_key()}"


def get_public_key() -> str:
    """Return the public key that browsers subscribe with: an uncompressed point as URL-safe base64."""
    return encode_base64url(encode_point(load_private_key().public_key()))


def load_private_key() -> ec.EllipticCurvePrivateKey:
    """Return this server's key; the first call makes one where there is none. Raise ImproperlyConfigured for a bad one.

    A bad file is never replaced: with another key all subscriptions would be lost.
    """
    return _parse_cached_key(settings.VAPID_PRIVATE_KEY or _read_key_file(Path(settings.DATA_DIR) / KEY_FILE))


def parse_private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Return the key of 32 bytes in URL-safe base64. Raise ImproperlyConfigured for anything else."""
    try:
        number = decode_base64url(text.strip())
        if len(number) != 32:
            raise ValueError
        return ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())
    except ValueError as error:
        raise ImproperlyConfigured(
            "The key of web push is none: it has to be the 32 bytes of a P-256 key in URL-safe base64, and is no PEM."
        ) from error


def is_valid_subject(subject: str) -> bool:
    """Tell whether push services accept a contact: `mailto:` with a whole domain, or an `https` origin, no path."""
    return bool(MAIL.fullmatch(subject) or ORIGIN.fullmatch(subject))


_parse_cached_key = cache(parse_private_key)


def _find_contact(origin: str) -> str:
    address = "mailto:" + parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address if is_valid_subject(address) else origin.rstrip("/")


def _read_key_file(file: Path) -> str:
    if not file.is_file():
        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        create_secret_file(file, encode_base64url(number.to_bytes(32, "big")) + "\n")
    return file.read_text().strip()
