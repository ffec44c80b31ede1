"""Ask for the second factor before a session begins."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from accounts.allauth_internals import LoginStage
from accounts.authentication_methods import get_sign_in_method
from accounts.login_attempts.services import record_login_attempt
from accounts.mfa.services.enrolment import requires_second_factor
from accounts.models import User
from lib.web.client import get_ip_address, get_user_agent

# In the state of a login by a passkey alone, which is both factors in one.
BY_PASSKEY = "by_passkey"


class SecondFactorStage(LoginStage):
    """Stage between the first factor and the session, for users with a second factor."""

    key = "second_factor"
    urlname = "accounts:code"

    @property
    def user(self) -> User:
        return cast(User, self.login.user)

    @property
    def is_current(self) -> bool:
        """Tell whether the first factor still counts: the user may sign in, and the password is the same."""
        user = self.login.user
        return (
            user is not None
            and user.is_active
            and constant_time_compare(self.state.get("proof", ""), self._get_proof())
        )

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Redirect to the page that asks for the second factor, and record that it was asked for."""
        if self.login.user is None or self.login.state.get(BY_PASSKEY) or not requires_second_factor(self.user):
            return None, True
        self.state["proof"] = self._get_proof()
        record_login_attempt(
            user=self.user,
            email=self.user.email or "",
            method=get_sign_in_method(self.request, self.user),
            reason="otp_required",
            ip_address=get_ip_address(self.request),
            user_agent=get_user_agent(self.request),
        )
        return redirect(self.urlname), True

    def _get_proof(self) -> str:
        return self.user.get_session_auth_hash()
