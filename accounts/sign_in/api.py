"""REST: sign in, by password or by passkey."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from accounts.login_attempts.services import record_locked_attempt
from accounts.mfa.api.passkeys import CREDENTIAL_ID, REQUEST_OPTIONS
from accounts.mfa.relying_party import find_relying_party
from accounts.mfa.services.passkeys import build_sign_in_options
from accounts.models import LoginAttempt
from accounts.requests import forbid_storing
from accounts.security.limits import SIGN_INS
from accounts.security.lockout import count_password_attempt
from accounts.sign_in import services as sign_in_services
from accounts.sign_in.schemas import CredentialsIn, PasskeySignInIn
from accounts.sign_up.api import CREDENTIALS
from accounts.tokens.api import PAIR
from accounts.tokens.schemas import TokenOut
from accounts.tokens.services import families
from lib.web.client import get_ip_address, get_network, get_origin, get_user_agent
from lib.web.errors import TooManyAttempts
from lib.web.openapi import list_problems, show_example

router = Router(tags=["sign-in"])

USED_CREDENTIAL = {
    "id": CREDENTIAL_ID,
    "rawId": CREDENTIAL_ID,
    "type": "public-key",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
        "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
        "signature": "MEUCIQDl0",
        "userHandle": "AZXzonwefVKbCj9sHS5KUQ",
    },
}


@router.post(
    "/auth/token",
    auth=None,
    response={200: TokenOut, **list_problems(401, 429)},
    openapi_extra=show_example(PAIR, body=CREDENTIALS | {"otp": "492039"}),
)
def sign_in(request: HttpRequest, response: HttpResponse, body: CredentialsIn) -> families.TokenPair:
    """Exchange e-mail address and password for an access token of an hour and a refresh token of 30 days.

    With a second factor it takes `otp` too: a code from the app, or a recovery code. The `code` of a 401 tells apart
    `otp_required` and `otp_invalid`. With `otp_required` come the `methods` of the user, of which `passkey` is for
    browsers: see `/auth/passkey`.
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


@router.post(
    "/auth/passkey/options",
    auth=None,
    response={200: dict[str, Any], **list_problems(409, 429)},
    openapi_extra=show_example(REQUEST_OPTIONS | {"allowCredentials": [], "userVerification": "required"}),
)
def begin_passkey_sign_in(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Return the options for `navigator.credentials.get()`, with binary values in base64url.

    They hold for ten minutes and once, for any passkey of this server.
    """
    SIGN_INS.consume("passkey-options", get_network(get_ip_address(request)))
    forbid_storing(response)
    return build_sign_in_options(party=find_relying_party(request))


@router.post(
    "/auth/passkey",
    auth=None,
    response={200: TokenOut, **list_problems(401, 409, 429)},
    openapi_extra=show_example(PAIR, body={"credential": USED_CREDENTIAL}),
)
def sign_in_with_passkey(request: HttpRequest, response: HttpResponse, body: PasskeySignInIn) -> families.TokenPair:
    """Exchange the answer of a passkey for an access token and a refresh token. No second factor is asked for.

    The passkey has verified its user, by a fingerprint or a PIN.
    """
    ip_address = get_ip_address(request)
    SIGN_INS.consume(get_network(ip_address))
    pair = sign_in_services.sign_in_with_passkey(
        answer=body.credential.model_dump(),
        party=find_relying_party(request),
        ip_address=ip_address,
        user_agent=get_user_agent(request),
        origin=get_origin(request),
    )
    forbid_storing(response)
    return pair
