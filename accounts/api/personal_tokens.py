"""Tokens that people make for scripts and apps of theirs."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.auth import ApiRequest
from accounts.openapi import MOMENT, OTHER_ID, example, list_of, problems
from accounts.pagination import PageQuery, paginate
from accounts.schemas import NewPersonalTokenOut, Page, PersonalTokenIn, PersonalTokenOut
from accounts.services import personal_tokens

router = Router(tags=["me"])

TOKEN = {
    "id": OTHER_ID,
    "name": "Deploy script",
    "scopes": ["rooms:read", "messages:write"],
    "last_used_at": None,
    "expires_at": "2027-03-01T00:00:00.000Z",
    "created_at": MOMENT,
}


@router.get("/me/tokens", response=Page[PersonalTokenOut], openapi_extra=example(list_of(TOKEN)))
def list_personal_tokens(request: ApiRequest, page: Query[PageQuery]) -> Page[PersonalTokenOut]:
    """The tokens one has made that still work, newest first."""
    tokens = personal_tokens.tokens_of(request.auth)
    return paginate(tokens, page, PersonalTokenOut.of, newest_first=True)


@router.post(
    "/me/tokens",
    response={201: NewPersonalTokenOut, **problems(403, 409)},
    openapi_extra=example(
        TOKEN | {"token": "atr_pat_q3Zk8vX1mT5yR7bJ2cL9fH6wS4dPuGaEoIqTgXvYkN0"},
        status=201,
        body={name: TOKEN[name] for name in ("name", "scopes", "expires_at")},
    ),
)
def create_personal_token(request: ApiRequest, body: PersonalTokenIn) -> Status[NewPersonalTokenOut]:
    """A token for what its scopes say. `token` is shown this once. At most 50 for each person; no token makes another.

    It outlives a change of password, and dies when it is revoked, runs out, or its owner is locked out.
    """
    made = personal_tokens.create_token(actor=request.auth, **body.model_dump())
    return Status(201, NewPersonalTokenOut.of(made.family, token=made.token))


@router.delete("/me/tokens/{token_id}", response={204: None, **problems(403)})
def revoke_personal_token(request: ApiRequest, token_id: UUID) -> Status[None]:
    """Whoever uses it is refused from now on, and its sockets close."""
    personal_tokens.revoke_token(actor=request.auth, token_id=token_id)
    return Status(204, None)
