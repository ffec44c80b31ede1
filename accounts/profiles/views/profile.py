"""Show and change how a user appears to others: name, picture, status, availability; and their time zone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import hooks
from accounts.decorators import is_fragment_request, redirect_to_next, signed_in
from accounts.profiles.forms import AvailabilityForm, AvatarForm, ProfileForm, StatusForm, TimeZoneForm
from accounts.profiles.services.avatar import remove_avatar, set_avatar
from accounts.profiles.services.profile import update_profile
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.text.time_zones import group_zones_by_region, list_zones
from lib.web.forms import ServiceForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_profile(request: SignedInRequest) -> HttpResponse:
    """Show the profile; change name and username by a POST."""
    if request.method != "POST":
        return _render_page(request)
    form = ProfileForm(request.POST)
    return _build_response(
        request, "form", form, form.submit(update_profile, actor=request.user), _("Your profile is saved.")
    )


@require_POST
@signed_in
def upload_avatar(request: SignedInRequest) -> HttpResponse:
    """Set the picture."""
    form = AvatarForm(request.POST, request.FILES)
    return _build_response(
        request, "picture", form, form.submit(set_avatar, actor=request.user), _("Your picture is saved.")
    )


@require_POST
@signed_in
def delete_avatar(request: SignedInRequest) -> HttpResponse:
    """Remove the picture."""
    remove_avatar(actor=request.user)
    messages.success(request, _("Your picture is removed."))
    return redirect("accounts:profile")


@require_POST
@signed_in
def edit_status(request: SignedInRequest) -> HttpResponse:
    """Set or clear the status."""
    form = StatusForm(request.POST, current=request.user.current_status)
    is_saved = form.submit(update_profile, actor=request.user)
    is_set = is_saved and form.cleaned_data["status"].emoji
    message = _("Your status is set.") if is_set else _("Your status is cleared.")
    return _build_response(request, "status", form, is_saved, message)


@require_POST
@signed_in
def edit_availability(request: SignedInRequest) -> HttpResponse:
    """Set whether the user can be reached."""
    form = AvailabilityForm(request.POST)
    return _build_response(request, "availability", form, form.submit(update_profile, actor=request.user))


@require_POST
@signed_in
def edit_time_zone(request: SignedInRequest) -> HttpResponse:
    """Set the time zone."""
    form = TimeZoneForm(request.POST)
    is_saved = form.submit(update_profile, actor=request.user)
    return _build_response(request, "time_zone", form, is_saved, _("Times are shown by that clock now."))


def _build_response(
    request: SignedInRequest, name: str, form: ServiceForm, is_saved: bool, message: str = ""
) -> HttpResponse:
    """Redirect to the page that the form was on; a script gets 204, or 422 with the errors as text."""
    if is_fragment_request(request):
        if is_saved:
            return HttpResponse(status=204)
        return HttpResponse(form.error_text, status=422, content_type="text/plain")
    if not is_saved:
        return _render_page(request, **{name: form})
    if message:
        messages.success(request, message)
    return redirect_to_next(request, "accounts:profile")


def _render_page(request: SignedInRequest, **refused: Any) -> HttpResponse:
    user = request.user
    forms: dict[str, Any] = {
        "form": ProfileForm(initial={"name": user.name, "username": user.username}),
        "picture": AvatarForm(),
        "status": StatusForm(current=user.current_status),
        "time_zone": TimeZoneForm(initial={"time_zone": user.time_zone}),
    }
    return render_settings_page(
        request,
        "accounts/profiles/profile.html",
        "profile",
        **(forms | refused),
        names_group=hooks.is_handle_used(user=user, handle=user.username),
        regions=group_zones_by_region().items(),
        offered={"", *list_zones()},
    )
