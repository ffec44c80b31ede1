"""Oneself: profile, password, and where one is signed in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from ninja import Query, Router, Status

from accounts import selectors
from accounts.auth import WHILE_DUE, ApiRequest
from accounts.clients import origin_of
from accounts.forms import ResetPasswordForm
from accounts.openapi import ME, MOMENT, OTHER_ID, example, list_of, problems
from accounts.pagination import PageQuery, page_of, paginate
from accounts.schemas import AddressIn, LoginAttemptOut, MeIn, MeOut, Page, PasswordIn, SessionOut
from accounts.services import people, profiles, sessions, verification
from accounts.throttling import GUESSES, count_verification_mail

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


ATTEMPT = {
    "id": OTHER_ID,
    "method": "password",
    "outcome": "failure",
    "reason": "wrong_password",
    "ip_address": "192.0.2.7",
    "user_agent": SESSION["user_agent"],
    "created_at": MOMENT,
}


@router.get("/me", auth=WHILE_DUE, response=MeOut, openapi_extra=example(ME))
def get_me(request: ApiRequest) -> MeOut:
    """Oneself, with what only oneself may see."""
    return MeOut.about(request.auth)


@router.patch(
    "/me",
    auth=WHILE_DUE,
    response={200: MeOut, **problems(409)},
    openapi_extra=example(
        ME,
        body={
            "name": "Alice Moreau",
            "theme": "dark",
            "language": "de",
            "status": {"emoji": "🌴", "text": "Back on Monday"},
            "metadata": {"pronouns": "she/her"},
        },
    ),
)
def update_me(request: ApiRequest, body: MeIn) -> MeOut:
    """Change what is given. `metadata` merges by its top-level keys; one set to null goes."""
    return MeOut.about(profiles.update_profile(actor=request.auth, **body.changes()))


@router.post(
    "/me/password",
    response={204: None, **problems(429)},
    openapi_extra=example(body={"current_password": "harbour-light-2026", "new_password": "lighthouse-at-dusk-31"}),
)
def change_password(request: ApiRequest, body: PasswordIn) -> Status[None]:
    """A new password. Every other sign-in of this person ends; personal tokens go on working."""
    with GUESSES.guess("password", str(request.auth.pk)):
        user = people.change_password(
            actor=request.auth,
            **body.model_dump(),
            keep_session=request.place_id,
            origin=origin_of(request),
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


@router.post("/me/verification", auth=WHILE_DUE, response={204: None, **problems(429)})
def send_verification(request: ApiRequest) -> Status[None]:
    """Mail the link once more that confirms one's address, or the new one that was asked for."""
    count_verification_mail(request.auth)
    verification.send_verification(actor=request.auth, origin=origin_of(request))
    return Status(204, None)


@router.put(
    "/me/email",
    response={204: None, **problems(409, 429)},
    openapi_extra=example(body={"email": "alice@moreau.example", "current_password": "harbour-light-2026"}),
)
def change_address(request: ApiRequest, body: AddressIn) -> Status[None]:
    """Ask for another address. It replaces the present one once the link that is mailed to it has been followed."""
    with GUESSES.guess("password", str(request.auth.pk)):
        count_verification_mail(request.auth)
        verification.change_address(actor=request.auth, **body.model_dump(), origin=origin_of(request))
    return Status(204, None)


@router.get("/me/sessions", auth=WHILE_DUE, response=Page[SessionOut], openapi_extra=example(list_of(SESSION)))
def list_sessions(request: ApiRequest, page: Query[PageQuery]) -> Page[SessionOut]:
    """Where one is signed in, in browsers and by token, newest first."""
    found = selectors.places_of(request.auth, page)
    return page_of(found, page, lambda place: SessionOut.of(place, here=request.place_id), lambda place: place.id)


@router.delete("/me/sessions/{session_id}", auth=WHILE_DUE, response={204: None})
def end_session(request: ApiRequest, session_id: UUID) -> Status[None]:
    """End one of one's sessions: whoever uses it is signed out at once, and its sockets close."""
    sessions.end_session(actor=request.auth, session_id=session_id)
    return Status(204, None)


@router.get("/me/login-attempts", response=Page[LoginAttemptOut], openapi_extra=example(list_of(ATTEMPT)))
def list_login_attempts(request: ApiRequest, page: Query[PageQuery]) -> Page[LoginAttemptOut]:
    """Every try to sign in as oneself, by any way in, newest first. None of them can be changed or deleted."""
    return paginate(selectors.attempts_of(request.auth), page, LoginAttemptOut.of, newest_first=True)
