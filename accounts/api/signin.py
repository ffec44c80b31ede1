"""Joining and signing in."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from accounts.auth import WHILE_DUE, ApiRequest
from accounts.clients import ip_address_of, network_of, origin_of, user_agent_of
from accounts.errors import TooManyAttempts
from accounts.idempotency import unstored
from accounts.models import LoginAttempt
from accounts.openapi import ME, MOMENT, example, problems
from accounts.schemas import CredentialsIn, MeOut, RefreshIn, SignupIn, TokenOut
from accounts.services import people, renewal, sessions, signin, tokens
from accounts.services.attempts import record_locked
from accounts.throttling import SIGN_INS, SIGN_UPS, count_password

router = Router(tags=["sign-in"])

CREDENTIALS = {"email": "alice@halyard.example", "password": "harbour-light-2026"}
PAIR = {
    "access_token": "atr_Yb0mZ1d3uT7xQk5c9wJ2hF8rL4sV6nPaEgOiDqXtKUM",
    "refresh_token": "atrr_n2V8kQ5tJ0yR7bZ3xM9cL1fH6wS4dPuGaEoIqTgXvYk",
    "token_type": "Bearer",
    "expires_at": MOMENT,
}


@router.post(
    "/auth/signup",
    auth=None,
    response={201: MeOut, **problems(403, 409, 429)},
    openapi_extra=example(ME, status=201, body=CREDENTIALS | {"name": "Alice Moreau", "username": "alice"}),
)
def sign_up(request: HttpRequest, body: SignupIn) -> Status[MeOut]:
    """A new person. Without a username, one is made from the name. Some installations ask for an `invitation`.

    Where addresses have to be confirmed first, one that has an account answers the same, and its owner gets a mail.
    """
    SIGN_UPS.spend(network_of(ip_address_of(request)))
    if people.hides_account_of(body.email):
        pretended = people.pretend_to_sign_up(**body.model_dump())
        get_adapter().send_account_already_exists_mail(pretended.email)
        return Status(201, MeOut.about(pretended))
    user = people.sign_up(**body.model_dump())
    EmailAddress.objects.get(user=user, primary=True).send_confirmation(request, signup=True)
    return Status(201, MeOut.about(user))


@router.post(
    "/auth/token",
    auth=None,
    response={200: TokenOut, **problems(401, 429)},
    openapi_extra=example(PAIR, body=CREDENTIALS | {"otp": "492039"}),
)
def sign_in(request: HttpRequest, response: HttpResponse, body: CredentialsIn) -> tokens.TokenPair:
    """An access token for an hour and a refresh token for 30 days, for e-mail address and password.

    With a second factor it takes `otp` too: a code from the app, or a recovery code. The `code` of a 401 tells apart
    `otp_required` and `otp_invalid`.
    """
    ip_address, user_agent = ip_address_of(request), user_agent_of(request)
    SIGN_INS.spend(network_of(ip_address))
    try:
        count_password(body.email, ip_address)
    except TooManyAttempts:
        record_locked(email=body.email, method=LoginAttempt.Method.TOKEN, ip_address=ip_address, user_agent=user_agent)
        raise
    pair = signin.sign_in(**body.model_dump(), ip_address=ip_address, user_agent=user_agent, origin=origin_of(request))
    unstored(response)
    return pair


@router.post(
    "/auth/token/refresh",
    auth=None,
    response={200: TokenOut, **problems(401)},
    openapi_extra=example(PAIR, body={"refresh_token": PAIR["refresh_token"]}),
)
def refresh_tokens(request: HttpRequest, response: HttpResponse, body: RefreshIn) -> tokens.TokenPair:
    """A new pair for a refresh token, which works once: showing it again ends every token of that sign-in.

    For ten seconds the client that used it may repeat itself, as tabs that wake up together do, and gets another pair.
    """
    pair = renewal.refresh_tokens(
        refresh_token=body.refresh_token, ip_address=ip_address_of(request), user_agent=user_agent_of(request)
    )
    unstored(response)
    return pair


@router.post("/auth/token/revoke", auth=WHILE_DUE, response={204: None})
def revoke_tokens(request: ApiRequest) -> Status[None]:
    """Sign out: the tokens of this sign-in are dead and its sockets close. In a browser, its session ends."""
    sessions.end_session(actor=request.auth, session_id=request.place_id)
    return Status(204, None)
