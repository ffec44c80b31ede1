"""Show and change theme and language."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.decorators import signed_in
from accounts.profiles.forms import AppearanceForm, LanguageForm
from accounts.profiles.services.profile import get_enter_key, update_profile
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_appearance(request: SignedInRequest) -> HttpResponse:
    """Show the theme and what Enter does; change them by a POST."""
    initial = {"theme": request.user.theme, "enter_key": get_enter_key(request.user)}
    form = AppearanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.submit(update_profile, actor=request.user):
        return redirect("accounts:appearance")
    return render_settings_page(request, "accounts/profiles/appearance.html", "appearance", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_language(request: SignedInRequest) -> HttpResponse:
    """Show the language; change it by a POST."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.submit(update_profile, actor=request.user):
        return redirect("accounts:language")
    return render_settings_page(request, "accounts/profiles/language.html", "language", form=form)
