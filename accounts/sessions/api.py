"""List and end active sessions over REST."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.authentication import AUTH_BEFORE_ENROLMENT
from accounts.requests import ApiRequest
from accounts.sessions import queries, services
from accounts.sessions.schemas import SessionOut
from lib.web.openapi import MOMENT, OTHER_ID, show_example, wrap_page
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


@router.get(
    "/me/sessions",
    auth=AUTH_BEFORE_ENROLMENT,
    response=Page[SessionOut],
    openapi_extra=show_example(wrap_page(SESSION)),
)
def list_sessions(request: ApiRequest, page: Query[PageQuery]) -> Page[SessionOut]:
    """List the user's active sessions, of browsers and of REST clients, newest first."""
    sessions = queries.active_sessions(request.auth, page)
    return build_page(
        sessions,
        page,
        lambda session: SessionOut.of(session, current_id=request.session_id),
        lambda session: session.id,
    )


@router.delete("/me/sessions/{session_id}", auth=AUTH_BEFORE_ENROLMENT, response={204: None})
def end_session(request: ApiRequest, session_id: UUID) -> Status[None]:
    """End a session of the user: it is signed out at once, and its sockets close."""
    services.end_session(actor=request.auth, session_id=session_id)
    return Status(204, None)


sign_in_router = Router(tags=["sign-in"])


@sign_in_router.post("/auth/token/revoke", auth=AUTH_BEFORE_ENROLMENT, response={204: None})
def revoke_tokens(request: ApiRequest) -> Status[None]:
    """Sign out: revoke the tokens of this sign-in, or end the browser's session, and close its sockets."""
    services.end_session(actor=request.auth, session_id=request.session_id)
    return Status(204, None)
