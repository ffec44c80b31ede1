"""Turn the second factor of the signed-in user on and off, and renew their recovery codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import signed_in
from accounts.mfa.forms import ConfirmationForm, ProofForm, RemovalForm
from accounts.mfa.queries import passkeys_of
from accounts.mfa.relying_party import explain_unavailability
from accounts.mfa.services.enrolment import (
    begin_enrolment,
    confirm_enrolment,
    get_pending_enrolment,
    get_second_factor_status,
    regenerate_recovery_codes,
    remove_second_factor,
)
from accounts.mfa.views.proofs import build_owner_context, build_proof_context, find_party, render_recovery_codes
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.web.errors import Conflict

# A user with fewer who loses their phone may lose their account.
FEW_CODES = 3


@require_safe
@signed_in
def show_second_factor(request: SignedInRequest) -> HttpResponse:
    """Show the status; to a user who must enrol first, the organisations that require it."""
    status = get_second_factor_status(request.user)
    context: dict[str, Any] = {"status": status, "passkeys_unavailable": explain_unavailability(request)}
    if request.user.second_factor_due:
        return render(request, "accounts/mfa/second_factor_due.html", context)
    context["few"] = status.enabled and status.recovery_codes_left < FEW_CODES
    context["passkeys"] = passkeys_of(request.user).order_by("pk")
    return render_settings_page(request, "accounts/mfa/second_factor.html", "second-factor", **context)


@require_POST
@signed_in
def start_enrolment(request: SignedInRequest) -> HttpResponse:
    """Begin an enrolment with a new secret, which takes effect once a code has confirmed it."""
    try:
        begin_enrolment(actor=request.user)
    except Conflict as error:
        messages.info(request, error.detail)
        return redirect("accounts:second-factor")
    return redirect("accounts:second-factor-confirmation")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def confirm_second_factor(request: SignedInRequest) -> HttpResponse:
    """Show the secret to scan, and confirm it with a code; a wrong code leaves the secret as it is."""
    pending = get_pending_enrolment(request.user)
    if pending is None:
        return redirect("accounts:second-factor")
    form = ConfirmationForm(request.POST or None, party=find_party(request))
    was_due = request.user.second_factor_due
    details = {"actor": request.user, "keep_session": request.session.public_id}
    if request.method == "POST" and form.submit(confirm_enrolment, **details):
        request.session.cycle_key()
        return render_recovery_codes(
            request, form.result, onwards="accounts:home" if was_due else "accounts:second-factor"
        )
    context: dict[str, Any] = {"form": form, "enrolment": pending, "secret": _group_secret(pending.secret)}
    context |= {"is_due": was_due} | build_owner_context(request, request.user)
    return render(request, "accounts/mfa/second_factor_confirmation.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def renew_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Replace the recovery codes by new ones; it requires a code."""
    status = get_second_factor_status(request.user)
    if not status.enabled:
        return redirect("accounts:second-factor")
    form = ProofForm(request.POST or None, party=find_party(request))
    if request.method == "POST" and form.submit(regenerate_recovery_codes, actor=request.user):
        return render_recovery_codes(request, form.result, onwards="accounts:second-factor")
    context: dict[str, Any] = {"form": form, "status": status} | build_proof_context(
        request, request.user, status.methods
    )
    return render_settings_page(request, "accounts/mfa/recovery_codes_renewal.html", "second-factor", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def turn_off_second_factor(request: SignedInRequest) -> HttpResponse:
    """Remove the authenticator app; without passkeys, the second factor is off then."""
    status = get_second_factor_status(request.user)
    is_last = "passkey" not in status.methods
    if "app" not in status.methods or (is_last and status.required_by):
        return redirect("accounts:second-factor")
    form = RemovalForm(request.POST or None, party=find_party(request))
    if request.method == "POST" and form.submit(remove_second_factor, actor=request.user):
        is_off, removed = _("Two-factor authentication is off. Your password alone signs you in."), _("App removed.")
        messages.success(request, is_off if form.result else removed)
        return redirect("accounts:second-factor")
    context: dict[str, Any] = {"form": form, "is_last": is_last} | build_proof_context(
        request, request.user, status.methods
    )
    return render_settings_page(request, "accounts/mfa/second_factor_removal.html", "second-factor", **context)


def _group_secret(secret: str) -> str:
    """Return a secret in groups of four, which are easier to type: `JBSW Y3DP EHPK 3PXP`."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
