"""Add, rename and remove the passkeys of the signed-in user."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import signed_in
from accounts.mfa.forms import PasskeyForm, PasskeyNameForm, PasskeyRemovalForm, ProofForm
from accounts.mfa.queries import passkeys_of
from accounts.mfa.relying_party import explain_unavailability, find_relying_party
from accounts.mfa.services.enrolment import get_second_factor_status
from accounts.mfa.services.passkeys import finish_passkey, remove_passkey, rename_passkey
from accounts.mfa.views.proofs import build_owner_context, build_proof_context, find_party, render_recovery_codes
from accounts.models import Passkey
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.text.user_agents import describe_device
from lib.web.client import get_user_agent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def new_passkey(request: SignedInRequest) -> HttpResponse:
    """Show the form that a script completes with a passkey, and store it; with the first one come recovery codes."""
    if reason := explain_unavailability(request):
        messages.error(request, reason)
        return redirect("accounts:second-factor")
    was_due = request.user.second_factor_due
    form = PasskeyForm(request.POST or None, initial={"name": describe_device(get_user_agent(request))})
    details = {
        "actor": request.user,
        "party": find_relying_party(request),
        "keep_session": request.session.public_id,
    }
    if request.method == "POST" and form.submit(finish_passkey, **details):
        request.session.cycle_key()
        onwards = "accounts:home" if was_due else "accounts:second-factor"
        return render_recovery_codes(request, form.result.recovery_codes, onwards=onwards)
    context = {"form": form, "is_first": request.user.second_factor_at is None, "is_due": was_due}
    context |= {"proof_form": ProofForm()} | build_owner_context(request, request.user)
    return render(request, "accounts/mfa/passkey_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def edit_passkey(request: SignedInRequest, passkey_id: UUID) -> HttpResponse:
    """Show a passkey, and rename it by a POST."""
    passkey = passkeys_of(request.user).get(pk=passkey_id)
    form = PasskeyNameForm(request.POST or None, initial={"name": passkey.name})
    if request.method == "POST" and form.submit(rename_passkey, actor=request.user, passkey_id=passkey_id):
        messages.success(request, _("The name is changed."))
        return redirect("accounts:second-factor")
    return _render_passkey(request, passkey, name_form=form, removal_form=PasskeyRemovalForm())


@require_POST
@signed_in
def end_passkey(request: SignedInRequest, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey; with the last factor, the second factor is off then."""
    passkey = passkeys_of(request.user).get(pk=passkey_id)
    form = PasskeyRemovalForm(request.POST, party=find_party(request))
    if form.submit(remove_passkey, actor=request.user, passkey_id=passkey_id):
        removed, is_off = _("%(name)s is removed."), _("%(name)s is removed, and two-factor authentication is off.")
        messages.success(request, (is_off if form.result else removed) % {"name": passkey.name})
        return redirect("accounts:second-factor")
    return _render_passkey(
        request, passkey, name_form=PasskeyNameForm(initial={"name": passkey.name}), removal_form=form
    )


def _render_passkey(
    request: SignedInRequest, passkey: Passkey, *, name_form: PasskeyNameForm, removal_form: PasskeyRemovalForm
) -> HttpResponse:
    status = get_second_factor_status(request.user)
    is_last = "app" not in status.methods and passkeys_of(request.user).count() == 1
    context: dict[str, Any] = {
        "passkey": passkey,
        "name_form": name_form,
        "form": removal_form,
        "is_last": is_last,
        "required_by": status.required_by if is_last else [],
    }
    if not request.user.has_usable_password():
        context |= build_proof_context(request, request.user, status.methods)
    return render_settings_page(request, "accounts/mfa/passkey.html", "second-factor", **context)
