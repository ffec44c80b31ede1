"""REST: sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from accounts.login_attempts.services import record_locked_attempt
from accounts.models import LoginAttempt
from accounts.requests import forbid_storing
from accounts.security.limits import SIGN_INS
from accounts.security.lockout import count_password_attempt
from accounts.sign_in import services as sign_in_services
from accounts.sign_in.schemas import CredentialsIn
from accounts.sign_up.api import CREDENTIALS
from accounts.tokens.api import PAIR
from accounts.tokens.schemas import TokenOut
from accounts.tokens.services import issue
from lib.web.client import get_ip_address, get_network, get_origin, get_user_agent
from lib.web.errors import TooManyAttempts
from lib.web.openapi import list_problems, show_example

router = Router(tags=["sign-in"])


@router.post(
    "/auth/token",
    auth=None,
    response={200: TokenOut, **list_problems(401, 429)},
    openapi_extra=show_example(PAIR, body=CREDENTIALS | {"otp": "492039"}),
)
def sign_in(request: HttpRequest, response: HttpResponse, body: CredentialsIn) -> issue.TokenPair:
    """Exchange e-mail address and password for an access token of an hour and a refresh token of 30 days.

    With a second factor it takes `otp` too: a code from the app, or a recovery code. The `code` of a 401 tells apart
    `otp_required` and `otp_invalid`.
    """
    ip_address, user_agent = get_ip_address(request), get_user_agent(request)
    SIGN_INS.consume(get_network(ip_address))
    try:
        count_password_attempt(body.email, ip_address)
    except TooManyAttempts:
        record_locked_attempt(
            email=body.email, method=LoginAttempt.Method.TOKEN, ip_address=ip_address, user_agent=user_agent
        )
        raise
    pair = sign_in_services.sign_in(
        **body.model_dump(), ip_address=ip_address, user_agent=user_agent, origin=get_origin(request)
    )
    forbid_storing(response)
    return pair
