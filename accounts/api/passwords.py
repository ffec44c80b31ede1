"""Asking what is wrong with a password before it is taken."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from accounts.clients import ip_address_of, network_of
from accounts.models import User
from accounts.openapi import example, problems
from accounts.schemas import PasswordCheckIn, PasswordCheckOut
from accounts.services.passwords import weaknesses_of
from accounts.throttling import PASSWORD_CHECKS

router = Router(tags=["sign-in"])


@router.post(
    "/auth/password-check",
    auth=None,
    response={200: PasswordCheckOut, **problems(429)},
    openapi_extra=example(
        {"problems": ["This password is too common."]},
        body={"password": "password123", "name": "Alice Moreau", "email": "alice@halyard.example"},
    ),
)
def check_password(request: HttpRequest, body: PasswordCheckIn) -> PasswordCheckOut:
    """What would keep a password from being taken, in words; nothing when it will do. The password is not kept."""
    PASSWORD_CHECKS.spend(network_of(ip_address_of(request)))
    user = request.user if isinstance(request.user, User) else None
    return PasswordCheckOut(problems=weaknesses_of(**body.model_dump(), user=user))
