"""Make and check the tokens in links to reset a password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache

from accounts.models import User

# The id of no user.
NOBODY = UUID(int=0)


class ResetLinks(EmailAwarePasswordResetTokenGenerator):
    """Generator of tokens that expire when used, when password or address change, after an hour, and by a newer token.

    For the last, the cache stores the timestamp of the newest token. If the cache loses it, the other rules remain.
    """

    def make_token(self, user: Any) -> str:
        token: str = super().make_token(user)
        cache.set(_get_cache_key(user), _extract_timestamp(token), settings.PASSWORD_RESET_TIMEOUT)
        return token

    def simulate_token(self) -> None:
        """Take as long as `make_token` does, for an address that no user has."""
        EmailAddress.objects.filter(user_id=NOBODY).exists()
        self.make_token(User(pk=NOBODY))

    def check_token(self, user: Any, token: Any) -> bool:
        if (
            not user
            or not token
            or cache.get(_get_cache_key(user), _extract_timestamp(token)) != _extract_timestamp(token)
        ):
            return False
        return bool(super().check_token(user, token))


def _get_cache_key(user: User) -> str:
    return f"reset-link:{user.pk}"


def _extract_timestamp(token: str) -> str:
    return token.partition("-")[0]
