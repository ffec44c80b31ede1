"""Asking what is wrong with a password before it is taken."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from ninja import Router, Status

from accounts.models import User
from accounts.passwords import services
from accounts.passwords.forms import ResetPasswordForm
from accounts.passwords.schemas import PasswordCheckIn, PasswordCheckOut, PasswordIn
from accounts.passwords.services import weaknesses_of
from accounts.requests import ApiRequest
from accounts.security.limits import PASSWORD_CHECKS
from accounts.security.lockout import GUESSES
from lib.web.client import get_ip_address, get_network, get_origin
from lib.web.openapi import example, problems

sign_in_router = Router(tags=["sign-in"])


@sign_in_router.post(
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
    PASSWORD_CHECKS.consume(get_network(get_ip_address(request)))
    user = request.user if isinstance(request.user, User) else None
    return PasswordCheckOut(problems=weaknesses_of(**body.model_dump(), user=user))


router = Router(tags=["me"])


@router.post(
    "/me/password",
    response={204: None, **problems(429)},
    openapi_extra=example(body={"current_password": "harbour-light-2026", "new_password": "lighthouse-at-dusk-31"}),
)
def change_password(request: ApiRequest, body: PasswordIn) -> Status[None]:
    """A new password. Every other sign-in of this person ends; personal tokens go on working."""
    with GUESSES.attempt("password", str(request.auth.pk)):
        user = services.change_password(
            actor=request.auth,
            **body.model_dump(),
            keep_session=request.place_id,
            origin=get_origin(request),
        )
    if request.token is None:
        update_session_auth_hash(request, user)
    return Status(204, None)


@router.post("/me/password/link", response={204: None, **problems(429)})
def send_password_link(request: ApiRequest) -> Status[None]:
    """Mail a link by which one sets a password without knowing the present one: for people who sign in by a provider
    and have none.
    """
    ResetPasswordForm.mail_link(request, request.auth)
    return Status(204, None)
