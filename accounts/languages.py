"""Choose the language of an answer or a mail."""

from __future__ import annotations

from django.utils.translation import get_supported_language_variant

from accounts.models import User


def language_for(user: User, accepted: str) -> str:
    """The one that somebody chose, else the one that their request asked for."""
    return get_supported_language_variant(user.language) if user.language else accepted
