"""Change the password of the signed-in user."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import signed_in
from accounts.passwords.forms import PasswordForm, ResetPasswordForm
from accounts.passwords.services import change_password
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.web.client import get_origin
from lib.web.errors import TooManyAttempts


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_password(request: SignedInRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    details = {"actor": request.user, "keep_session": request.session.public_id, "origin": get_origin(request)}
    if request.method == "POST" and form.submit(change_password, **details):
        update_session_auth_hash(request, form.result)
        messages.success(request, _("Your password is changed. You’re signed out everywhere else."))
        return redirect("accounts:password")
    return render_settings_page(request, "accounts/passwords/password.html", "password", form=form)


@require_POST
@signed_in
def mail_password_link(request: SignedInRequest) -> HttpResponse:
    """Mail a link to set a password to a user who has none, or has forgotten it."""
    try:
        ResetPasswordForm.mail_link(request, request.user)
    except TooManyAttempts as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("We sent a link to %(email)s. Follow it to set a password.") % {"email": request.user.email}
        )
    return redirect("accounts:password")
