"""Determine the methods by which a user of a browser has authenticated."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.allauth_internals import get_authentication_records
from accounts.models import LoginAttempt, User

Method = LoginAttempt.Method
METHODS = {
    "password": Method.PASSWORD,
    "password_reset": Method.PASSWORD_RESET,
    "second_factor": Method.SECOND_FACTOR,
    "recovery_code": Method.RECOVERY_CODE,
    "passkey": Method.PASSKEY,
    "socialaccount": Method.PROVIDER,
}


def get_sign_in_method(request: HttpRequest, user: User) -> str:
    """Return the `LoginAttempt.Method` of a sign-in: the last method by which the user has authenticated."""
    records = get_authentication_records(request, user)
    if records:
        return METHODS.get(records[-1]["method"], Method.OTHER)
    if request.resolver_match and request.resolver_match.view_name == "account_signup":
        return Method.SIGN_UP
    return Method.OTHER


def has_used_second_factor(request: HttpRequest, user: User) -> bool:
    """Tell whether the user has entered a code from their app or a recovery code, or used a passkey."""
    methods = {record["method"] for record in get_authentication_records(request, user)}
    return not methods.isdisjoint((Method.SECOND_FACTOR, Method.RECOVERY_CODE, Method.PASSKEY))
