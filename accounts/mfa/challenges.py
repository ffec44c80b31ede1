"""Keep the challenges that passkeys sign: each works once, for one purpose of one user, for a few minutes."""

from __future__ import annotations

import secrets
from enum import StrEnum

from django.core.cache import cache

from lib.rate_limit import build_cache_key

CHALLENGE_BYTES = 32
CHALLENGE_SECONDS = 10 * 60


class Purpose(StrEnum):
    """What an answer to a challenge is for; it counts for nothing else."""

    REGISTRATION = "registration"
    SIGN_IN = "sign-in"
    SECOND_FACTOR = "second-factor"


def create_challenge(purpose: Purpose, owner: str = "") -> bytes:
    """Return a new challenge for the user with the id `owner`, or for any."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    cache.set(_build_key(purpose, owner, challenge), True, CHALLENGE_SECONDS)
    return challenge


def use_challenge(challenge: bytes, purpose: Purpose, owner: str = "") -> bool:
    """Tell whether a challenge was created for this and is still unused; of several at once, one is let through."""
    return bool(cache.delete(_build_key(purpose, owner, challenge)))


def _build_key(purpose: Purpose, owner: str, challenge: bytes) -> str:
    return build_cache_key("passkey-challenge", (purpose, owner, challenge.hex()))
