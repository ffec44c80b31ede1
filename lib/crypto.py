"""Sealing what has to be read again, with keys that are in no table."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

Unsealable = InvalidToken


def box(label: str, secrets: Iterable[str], *, about: str = "") -> MultiFernet:
    """Seals by the first secret and opens by any. What one label seals, no other opens."""
    digests = (salted_hmac(label, about, secret=secret, algorithm="sha256").digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


@lru_cache(maxsize=8)
def kept_box(label: str, secrets: tuple[str, ...]) -> MultiFernet:
    """The same, for what is opened with every request: its keys are worked out once."""
    return box(label, secrets)


def seal(text: str) -> str:
    """For a column of the database."""
    return _data_box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What `seal` was given. `Unsealable` when the key is another one by now."""
    return _data_box().decrypt(sealed.encode()).decode()


def reseal(sealed: str) -> str:
    """The same, sealed by the key that comes first now."""
    return _data_box().rotate(sealed.encode()).decode()


def _data_box() -> MultiFernet:
    # Whoever sets DATA_KEYS later can still open what SECRET_KEY has sealed.
    return box("accounts.vault", (*settings.DATA_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
