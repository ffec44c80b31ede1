"""Read the sign-in history over REST."""

from __future__ import annotations

from ninja import Query, Router

from accounts.login_attempts import queries
from accounts.login_attempts.schemas import LoginAttemptOut
from accounts.requests import ApiRequest
from lib.web.openapi import MOMENT, OTHER_ID, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page

router = Router(tags=["me"])

ATTEMPT = {
    "id": OTHER_ID,
    "method": "password",
    "outcome": "failure",
    "reason": "wrong_password",
    "ip_address": "192.0.2.7",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "created_at": MOMENT,
}


@router.get("/me/login-attempts", response=Page[LoginAttemptOut], openapi_extra=show_example(wrap_page(ATTEMPT)))
def list_login_attempts(request: ApiRequest, page: Query[PageQuery]) -> Page[LoginAttemptOut]:
    """List all attempts to sign in as the user, by any method, newest first. None can be changed or deleted."""
    return paginate(queries.find_login_attempts(request.auth), page, LoginAttemptOut.of, newest_first=True)
