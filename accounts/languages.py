"""Choose the language of an answer or a mail."""

from __future__ import annotations

from django.utils.translation import get_supported_language_variant

from accounts.models import User


def choose_language(user: User, accepted: str) -> str:
    """Return the code of the language that the user has chosen, else `accepted`, that of the request."""
    return get_supported_language_variant(user.language) if user.language else accepted
