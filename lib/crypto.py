"""Encrypt what has to be read again, with keys that are stored in no table."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

DecryptionError = InvalidToken


def build_cipher(label: str, secrets: Iterable[str], *, about: str = "") -> MultiFernet:
    """Build a cipher that encrypts by the first secret and decrypts by any.

    Keys are derived from the secrets by HMAC-SHA256 under `label` and `about`: what one label encrypts, no other reads.
    """
    digests = (salted_hmac(label, about, secret=secret, algorithm="sha256").digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


@lru_cache(maxsize=8)
def get_cached_cipher(label: str, secrets: tuple[str, ...]) -> MultiFernet:
    """Return the cipher of `build_cipher` for what is decrypted with every request; its keys are derived once."""
    return build_cipher(label, secrets)


def encrypt(text: str) -> str:
    """Encrypt text for a column of the database."""
    return _build_data_cipher().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Return what `encrypt` was given; raise `DecryptionError` when none of the present keys has encrypted it."""
    return _build_data_cipher().decrypt(encrypted.encode()).decode()


def rotate(encrypted: str) -> str:
    """Encrypt the same text anew by the key that comes first now; raise `DecryptionError` as `decrypt` does."""
    return _build_data_cipher().rotate(encrypted.encode()).decode()


def _build_data_cipher() -> MultiFernet:
    # Where DATA_KEYS are set later, what SECRET_KEY has encrypted is still read. The label derives the keys of stored
    # secrets: another one could not read them.
    return build_cipher("accounts.vault", (*settings.DATA_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
