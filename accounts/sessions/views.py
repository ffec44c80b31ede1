"""List and end the sessions of the signed-in user."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import signed_in
from accounts.requests import SignedInRequest
from accounts.sessions.queries import ActiveSession, active_sessions
from accounts.sessions.services import end_session, sign_out_elsewhere
from accounts.settings_page import render_settings_page
from lib.text.user_agents import describe_device, is_hand_held
from lib.web.pagination import PageQuery

MAX_SESSIONS = 200


@dataclass(frozen=True, slots=True)
class Device:
    """Active session, as the page shows it."""

    place: ActiveSession
    name: str
    is_hand_held: bool
    is_this: bool


@require_safe
@signed_in
def list_sessions(request: SignedInRequest) -> HttpResponse:
    sessions = active_sessions(request.user, PageQuery(limit=MAX_SESSIONS))
    current_id = request.session.public_id
    devices = [
        Device(session, describe_device(session.user_agent), is_hand_held(session.user_agent), session.id == current_id)
        for session in sorted(sessions, key=lambda session: session.id != current_id)
    ]
    return render_settings_page(request, "accounts/sessions/sessions.html", "sessions", devices=devices)


@require_POST
@signed_in
def sign_out_session(request: SignedInRequest, session_id: UUID) -> HttpResponse:
    end_session(actor=request.user, session_id=session_id)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:sessions")


@require_POST
@signed_in
def sign_out_other_sessions(request: SignedInRequest) -> HttpResponse:
    sign_out_elsewhere(actor=request.user, keep_session=request.session.public_id)
    messages.success(request, _("You’re signed out everywhere else."))
    return redirect("accounts:sessions")
