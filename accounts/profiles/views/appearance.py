"""Show and change theme and language."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.decorators import signed_in
from accounts.profiles.forms import AppearanceForm
from accounts.profiles.services.profile import update_profile
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_appearance(request: SignedInRequest) -> HttpResponse:
    """Show theme and language; change them by a POST."""
    user = request.user
    form = AppearanceForm(request.POST or None, initial={"theme": user.theme, "language": user.language})
    if request.method == "POST" and form.submit(update_profile, actor=user):
        return redirect("accounts:appearance")
    return render_settings_page(request, "accounts/profiles/appearance.html", "appearance", form=form)
