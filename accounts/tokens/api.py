"""Refresh the tokens of a sign-in, and list, create and revoke personal tokens over REST."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from accounts.requests import ApiRequest, forbid_storing
from accounts.tokens.schemas import NewPersonalTokenOut, PersonalTokenIn, PersonalTokenOut, RefreshIn, TokenOut
from accounts.tokens.services import issue, personal, refresh
from lib.web.client import get_ip_address, get_user_agent
from lib.web.openapi import MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

router = Router(tags=["me"])

TOKEN = {
    "id": OTHER_ID,
    "name": "Deploy script",
    "scopes": ["rooms:read", "messages:write"],
    "last_used_at": None,
    "expires_at": "2027-03-01T00:00:00.000Z",
    "created_at": MOMENT,
}


@router.get("/me/tokens", response=Page[PersonalTokenOut], openapi_extra=show_example(wrap_page(TOKEN)))
def list_personal_tokens(request: ApiRequest, page: Query[PageQuery]) -> Page[PersonalTokenOut]:
    """List the user's active personal tokens, newest first."""
    tokens = personal.find_personal_tokens(request.auth)
    return paginate(tokens, page, PersonalTokenOut.of, newest_first=True)


@router.post(
    "/me/tokens",
    response={201: NewPersonalTokenOut, **list_problems(403, 409)},
    openapi_extra=show_example(
        TOKEN | {"token": "atr_pat_q3Zk8vX1mT5yR7bJ2cL9fH6wS4dPuGaEoIqTgXvYkN0"},
        status=201,
        body={name: TOKEN[name] for name in ("name", "scopes", "expires_at")},
    ),
)
def create_personal_token(request: ApiRequest, body: PersonalTokenIn) -> Status[NewPersonalTokenOut]:
    """Create a personal token with scopes. `token` is shown this once. A user can have 50; no token creates another.

    It survives a change of password, and ends when it is revoked, expires, or its user is deactivated.
    """
    new = personal.create_token(actor=request.auth, **body.model_dump())
    return Status(201, NewPersonalTokenOut.of(new.family, token=new.token))


@router.delete("/me/tokens/{token_id}", response={204: None, **list_problems(403)})
def revoke_personal_token(request: ApiRequest, token_id: UUID) -> Status[None]:
    """Revoke a personal token: requests with it are refused from now on, and its sockets close."""
    personal.revoke_token(actor=request.auth, token_id=token_id)
    return Status(204, None)


sign_in_router = Router(tags=["sign-in"])

PAIR = {
    "access_token": "atr_Yb0mZ1d3uT7xQk5c9wJ2hF8rL4sV6nPaEgOiDqXtKUM",
    "refresh_token": "atrr_n2V8kQ5tJ0yR7bZ3xM9cL1fH6wS4dPuGaEoIqTgXvYk",
    "token_type": "Bearer",
    "expires_at": MOMENT,
}


@sign_in_router.post(
    "/auth/token/refresh",
    auth=None,
    response={200: TokenOut, **list_problems(401)},
    openapi_extra=show_example(PAIR, body={"refresh_token": PAIR["refresh_token"]}),
)
def refresh_tokens(request: HttpRequest, response: HttpResponse, body: RefreshIn) -> issue.TokenPair:
    """Exchange a refresh token for a new pair. It works once: using it again revokes all tokens of that sign-in.

    For ten seconds the client that used it can repeat the request, as tabs that wake up together do, and gets another
    pair.
    """
    pair = refresh.refresh_tokens(
        refresh_token=body.refresh_token, ip_address=get_ip_address(request), user_agent=get_user_agent(request)
    )
    forbid_storing(response)
    return pair
