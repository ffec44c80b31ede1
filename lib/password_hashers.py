"""Hash passwords in one Unicode form (NFKC, as RFC 8265 has it), whatever form a keyboard sends.

Hashes from before were made of what was typed: a password is also checked in the other forms it may have had then.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth import hashers

from lib.db.threads import is_request_thread
from lib.web.errors import ServerBusy

RETRY_SECONDS = 2

# Pages and operations that hash run on a pool of their own (`config.server.hashing`). One that was forgotten there
# must not keep all threads of the other requests busy.
_turn = BoundedSemaphore()


def normalize_password(password: str) -> str:
    """Return the form of a password that is hashed and judged."""
    return unicodedata.normalize("NFKC", password)


def list_password_forms(password: str) -> Iterable[str]:
    """Return the forms that a hash may have been made of, today's first. ASCII has one alone."""
    other_forms = (password, unicodedata.normalize("NFC", password), unicodedata.normalize("NFD", password))
    return dict.fromkeys((normalize_password(password), *other_forms))


class NormalizingHasher(hashers.BasePasswordHasher):
    """Hasher of normalised passwords. On the threads of all requests one works at a time, others get `ServerBusy`."""

    def encode(self, password: str, salt: str, *cost: Any) -> str:
        with _take_turn():
            return super().encode(normalize_password(password), salt, *cost)

    def verify(self, password: str, encoded: str) -> bool:
        with _take_turn():
            return any(self.verify_form(form, encoded) for form in list_password_forms(password))

    def verify_form(self, form: str, encoded: str) -> bool:
        """Tell whether a hash was made of exactly this text."""
        return super().verify(form, encoded)


class Argon2PasswordHasher(NormalizingHasher, hashers.Argon2PasswordHasher):
    """Argon2 of normalised passwords."""


class PBKDF2PasswordHasher(NormalizingHasher, hashers.PBKDF2PasswordHasher):
    """PBKDF2 of normalised passwords, for hashes that are older still."""

    def verify_form(self, form: str, encoded: str) -> bool:
        # Django's own compares with `encode`, which normalises here.
        return hashers.PBKDF2PasswordHasher().verify(form, encoded)


@contextmanager
def _take_turn() -> Iterator[None]:
    if not is_request_thread():
        yield
        return
    if not _turn.acquire(blocking=False):
        raise ServerBusy(RETRY_SECONDS)
    try:
        yield
    finally:
        _turn.release()


def is_hashed_in_present_form(password: str, encoded: str) -> bool:
    """Tell whether the hash of a right password was made of its present form."""
    if password.isascii():
        return True
    hasher = hashers.identify_hasher(encoded)
    return not isinstance(hasher, NormalizingHasher) or hasher.verify_form(normalize_password(password), encoded)


def simulate_check(password: str) -> None:
    """Take as long as to check a wrong password does."""
    for form in list_password_forms(password):
        hashers.make_password(form)
