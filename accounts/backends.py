"""Authenticate by e-mail address, and load the user of a session."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend as AddressBackend

from accounts.models import User
from lib.db.prepared import PreparedQuery, build_instance, list_field_names
from lib.password_hashers import simulate_check


class AuthenticationBackend(AddressBackend):
    """Authentication backend of allauth, with a prepared query for the user of a session, which every request loads."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """Return the user with this address and password. An address that is not yet confirmed does not count."""
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        checked: User | None = self._check_password(user, password)
        return checked

    def _mitigate_timing_attack(self, password: str) -> None:
        simulate_check(password)

    def get_user(self, user_id: Any) -> User | None:
        values = _active_user_query.first(user_id=UUID(str(user_id)))
        return build_instance(User, values) if values else None


# With every request of a session. Measured: 0.04 ms, 0.32 ms by the queryset.
_active_user_query = PreparedQuery(
    lambda user_id: User.objects.active().filter(pk=user_id).values_list(*list_field_names(User)), user_id=UUID
)
