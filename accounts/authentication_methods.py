"""What somebody at a browser has shown of who they are, before and while they are signed in."""

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
    "socialaccount": Method.PROVIDER,
}


def method_of(request: HttpRequest, user: User) -> str:
    """By which way they come: what they have shown last."""
    records = get_authentication_records(request, user)
    if records:
        return METHODS.get(records[-1]["method"], Method.OTHER)
    if request.resolver_match and request.resolver_match.view_name == "account_signup":
        return Method.SIGN_UP
    return Method.OTHER


def has_shown_a_code(request: HttpRequest, user: User) -> bool:
    """Whether a code of their second factor was among it."""
    ways = {record["method"] for record in get_authentication_records(request, user)}
    return not ways.isdisjoint((Method.SECOND_FACTOR, Method.RECOVERY_CODE))
