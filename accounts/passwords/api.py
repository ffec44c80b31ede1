"""Check and change a password over REST."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from ninja import Router, Status

from accounts.models import User
from accounts.passwords import services
from accounts.passwords.forms import ResetPasswordForm
from accounts.passwords.schemas import PasswordCheckIn, PasswordCheckOut, PasswordIn
from accounts.passwords.services import find_password_problems
from accounts.requests import ApiRequest
from accounts.security.limits import PASSWORD_CHECKS
from lib.web.client import get_ip_address, get_network, get_origin
from lib.web.openapi import list_problems, show_example

sign_in_router = Router(tags=["sign-in"])


@sign_in_router.post(
    "/auth/password-check",
    auth=None,
    response={200: PasswordCheckOut, **list_problems(429)},
    openapi_extra=show_example(
        {"problems": ["This password is too common."]},
        body={"password": "password123", "name": "Alice Moreau", "email": "alice@halyard.example"},
    ),
)
def check_password(request: HttpRequest, body: PasswordCheckIn) -> PasswordCheckOut:
    """List the reasons to refuse a password, as text; none for a good one. The password is not stored."""
    PASSWORD_CHECKS.consume(get_network(get_ip_address(request)))
    user = request.user if isinstance(request.user, User) else None
    return PasswordCheckOut(problems=find_password_problems(**body.model_dump(), user=user))


router = Router(tags=["me"])


@router.post(
    "/me/password",
    response={204: None, **list_problems(429)},
    openapi_extra=show_example(
        body={"current_password": "harbour-light-2026", "new_password": "lighthouse-at-dusk-31"}
    ),
)
def change_password(request: ApiRequest, body: PasswordIn) -> Status[None]:
    """Change the user's password. All their other sessions end; personal tokens keep working."""
    user = services.change_password(
        actor=request.auth,
        **body.model_dump(),
        keep_session=request.session_id,
        origin=get_origin(request),
    )
    if request.token is None:
        update_session_auth_hash(request, user)
    return Status(204, None)


@router.post("/me/password/link", response={204: None, **list_problems(429)})
def send_password_link(request: ApiRequest) -> Status[None]:
    """Mail the user a link to set a password without the current one. For users of a provider, who have none."""
    ResetPasswordForm.mail_link(request, request.auth)
    return Status(204, None)
