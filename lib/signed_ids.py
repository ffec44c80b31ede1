"""Make the keys of links out of ids and their signatures: who reads the database alone can't derive a link from it."""

from __future__ import annotations

import uuid

from django.core.signing import BadSignature, Signer

ID_LENGTH = 32


def sign_id(row_id: uuid.UUID, *, salt: str) -> str:
    """Return an id and its signature in one word of letters, digits, dashes and underscores: 75 characters."""
    return Signer(salt=salt).sign(row_id.hex).replace(":", "")


def read_signed_id(key: str, *, salt: str) -> uuid.UUID | None:
    """Return the id that a key was made of; None when its signature is wrong."""
    try:
        return uuid.UUID(hex=Signer(salt=salt).unsign(f"{key[:ID_LENGTH]}:{key[ID_LENGTH:]}"))
    except (BadSignature, ValueError):
        return None
