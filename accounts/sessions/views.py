"""One's own settings: password, appearance, where one is signed in."""

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
from accounts.sessions.queries import Place, places_of
from accounts.sessions.services import end_session, sign_out_elsewhere
from accounts.settings_page import settings_page
from lib.text.user_agents import describe_device, is_hand_held
from lib.web.pagination import PageQuery

MAX_PLACES = 200


@dataclass(frozen=True, slots=True)
class Device:
    place: Place
    name: str
    is_hand_held: bool
    is_this: bool


@require_safe
@signed_in
def sessions(request: SignedInRequest) -> HttpResponse:
    places = places_of(request.user, PageQuery(limit=MAX_PLACES))
    here = request.session.public_id
    devices = [
        Device(place, describe_device(place.user_agent), is_hand_held(place.user_agent), place.id == here)
        for place in sorted(places, key=lambda place: place.id != here)
    ]
    return settings_page(request, "accounts/sessions/sessions.html", "sessions", devices=devices)


@require_POST
@signed_in
def session_end(request: SignedInRequest, session_id: UUID) -> HttpResponse:
    end_session(actor=request.user, session_id=session_id)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:sessions")


@require_POST
@signed_in
def sessions_elsewhere(request: SignedInRequest) -> HttpResponse:
    sign_out_elsewhere(actor=request.user, keep_session=request.session.public_id)
    messages.success(request, _("You’re signed out everywhere else."))
    return redirect("accounts:sessions")
