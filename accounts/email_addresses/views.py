"""Confirm and change the e-mail address in the browser, and dismiss the reminder of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.allauth_internals import EmailVerificationStage, LoginStageController, send_verification_email_at_login
from accounts.decorators import redirect_to_next, signed_in
from accounts.email_addresses.forms import AddressForm
from accounts.email_addresses.queries import unconfirmed_address_of
from accounts.email_addresses.services import cancel_address_change, change_address, send_verification
from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.security.limits import count_verification_mail
from accounts.security.lockout import LOGIN_LOCKOUT
from accounts.settings_page import render_settings_page
from lib.web.client import get_origin
from lib.web.errors import TooManyAttempts

# Key on the session, which ends at the next sign-in.
REMINDER_DISMISSED = "reminder_put_off"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_email_address(request: SignedInRequest) -> HttpResponse:
    """Show the address; ask for another one by a POST."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.submit(_change_address, actor=request.user, origin=get_origin(request)):
        messages.success(request, _("We sent a link to %(email)s. Follow it, and it’s yours.") % form.cleaned_data)
        return redirect("accounts:address")
    return render_settings_page(
        request,
        "accounts/email_addresses/email_address.html",
        "profile",
        form=form,
        awaited=unconfirmed_address_of(request.user),
    )


@require_POST
@signed_in
def keep_email_address(request: SignedInRequest) -> HttpResponse:
    """Keep the present address."""
    cancel_address_change(actor=request.user)
    messages.success(request, _("Your address stays as it is."))
    return redirect("accounts:address")


@require_POST
@signed_in
def mail_verification_link(request: SignedInRequest) -> HttpResponse:
    """Mail the link again."""
    try:
        count_verification_mail(request.user)
    except TooManyAttempts as error:
        messages.error(request, str(error))
    else:
        sent_to = send_verification(actor=request.user, origin=get_origin(request))
        messages.success(
            request,
            _("We sent a link to %(email)s.") % {"email": sent_to}
            if sent_to
            else _("Your address is confirmed already."),
        )
    return redirect_to_next(request, "accounts:address")


@require_POST
@signed_in
def dismiss_reminder(request: SignedInRequest) -> HttpResponse:
    """Hide the reminder of the address until the next sign-in."""
    request.session[REMINDER_DISMISSED] = True
    return redirect_to_next(request, "accounts:address")


@require_POST
def mail_link_before_sign_in(request: HttpRequest) -> HttpResponse:
    """Mail the link again to a user who may not sign in without it, not showing whether there is such an account."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    if stage is None:
        return redirect("account_login")
    send_verification_email_at_login(request, stage.login)
    messages.info(request, _("Another link is on its way, unless one was sent in the last three minutes."))
    return redirect("account_email_verification_sent")


def _change_address(*, actor: User, **details: Any) -> None:
    with LOGIN_LOCKOUT.attempt("password", str(actor.pk)):
        count_verification_mail(actor)
        change_address(actor=actor, **details)
