"""One's own settings: password, appearance, where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clients import origin_of
from accounts.devices import describe_device, is_hand_held
from accounts.errors import TooManyAttempts
from accounts.forms import AppearanceForm, PasswordForm, ResetPasswordForm
from accounts.models import Organisation, User
from accounts.pagination import PageQuery
from accounts.selectors import Place, places_of
from accounts.services.people import change_password
from accounts.services.profiles import update_profile
from accounts.services.sessions import end_session, sign_out_elsewhere
from accounts.throttling import GUESSES
from accounts.views.guard import SignedInRequest, last_used, signed_in

MAX_PLACES = 200


@dataclass(frozen=True, slots=True)
class Device:
    place: Place
    name: str
    is_hand_held: bool
    is_this: bool


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appearance(request: SignedInRequest) -> HttpResponse:
    user = request.user
    form = AppearanceForm(request.POST or None, initial={"theme": user.theme, "language": user.language})
    if request.method == "POST" and form.submit(update_profile, actor=user):
        return redirect("accounts:appearance")
    return settings_page(request, "accounts/profiles/appearance.html", "appearance", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password(request: SignedInRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    here = request.session.public_id
    details = {"actor": request.user, "keep_session": here, "origin": origin_of(request)}
    if request.method == "POST" and form.submit(_change_password, **details):
        update_session_auth_hash(request, form.result)
        messages.success(request, _("Your password is changed. You’re signed out everywhere else."))
        return redirect("accounts:password")
    return settings_page(request, "accounts/passwords/password.html", "password", form=form)


@require_POST
@signed_in
def password_link(request: SignedInRequest) -> HttpResponse:
    """For whoever came by a provider and has no password, or has forgotten it."""
    try:
        ResetPasswordForm.mail_link(request, request.user)
    except TooManyAttempts as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("We sent a link to %(email)s. Follow it to set a password.") % {"email": request.user.email}
        )
    return redirect("accounts:password")


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


def _change_password(*, actor: User, **details: Any) -> User:
    with GUESSES.guess("password", str(actor.pk)):
        return change_password(actor=actor, **details)


def settings_page(
    request: SignedInRequest, template: str, section: str, *, organisation: Organisation | None = None, **context: Any
) -> HttpResponse:
    """A page of the settings; 422 when a form was refused."""
    refused = any(getattr(value, "errors", None) for value in context.values())
    context |= settings_context(request, section, organisation)
    return render(request, template, context, status=422 if refused else 200)


def settings_context(
    request: SignedInRequest, section: str, organisation: Organisation | None = None
) -> dict[str, Any]:
    """What the way round and the way back need."""
    organisations = list(Organisation.objects.visible_to(request.user).order_by("name"))
    return {
        "section": section,
        "organisation": organisation,
        "organisations": organisations,
        "home": organisation or last_used(request, organisations),
    }
