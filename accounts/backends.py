"""Signing in by e-mail address, and looking up who is signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend as AddressBackend

from accounts.models import User
from lib.db.prepared import PreparedQuery, build_instance, list_field_names


class AuthenticationBackend(AddressBackend):
    """allauth's, with the one lookup prepared that every page and every REST call by cookie makes."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """By the address that is theirs: one that somebody has only asked for opens nothing."""
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        checked: User | None = self._check_password(user, password)
        return checked

    def get_user(self, user_id: Any) -> User | None:
        values = _user.first(user_id=UUID(str(user_id)))
        return build_instance(User, values) if values else None


_user = PreparedQuery(
    lambda user_id: User.objects.active().filter(pk=user_id).values_list(*list_field_names(User)), user_id=UUID
)
