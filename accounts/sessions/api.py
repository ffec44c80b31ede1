"""REST: active sessions."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.authentication import WHILE_DUE
from accounts.requests import ApiRequest
from accounts.sessions import queries, services
from accounts.sessions.schemas import SessionOut
from lib.web.openapi import MOMENT, OTHER_ID, example, list_of
from lib.web.pagination import PageQuery, build_page
from lib.web.schemas import Page

router = Router(tags=["me"])


SESSION = {
    "id": OTHER_ID,
    "kind": "browser",
    "ip_address": "192.0.2.7",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "last_activity": MOMENT,
    "created_at": MOMENT,
    "current": True,
}


@router.get("/me/sessions", auth=WHILE_DUE, response=Page[SessionOut], openapi_extra=example(list_of(SESSION)))
def list_sessions(request: ApiRequest, page: Query[PageQuery]) -> Page[SessionOut]:
    """Where one is signed in, in browsers and by token, newest first."""
    found = queries.places_of(request.auth, page)
    return build_page(found, page, lambda place: SessionOut.of(place, here=request.place_id), lambda place: place.id)


@router.delete("/me/sessions/{session_id}", auth=WHILE_DUE, response={204: None})
def end_session(request: ApiRequest, session_id: UUID) -> Status[None]:
    """End one of one's sessions: whoever uses it is signed out at once, and its sockets close."""
    services.end_session(actor=request.auth, session_id=session_id)
    return Status(204, None)


sign_in_router = Router(tags=["sign-in"])


@sign_in_router.post("/auth/token/revoke", auth=WHILE_DUE, response={204: None})
def revoke_tokens(request: ApiRequest) -> Status[None]:
    """Sign out: the tokens of this sign-in are dead and its sockets close. In a browser, its session ends."""
    services.end_session(actor=request.auth, session_id=request.place_id)
    return Status(204, None)
