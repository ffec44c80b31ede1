"""Show, link and unlink accounts at providers in the settings."""

from __future__ import annotations

from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import signed_in
from accounts.linked_accounts.services import linked_accounts_of, offered_providers, unlink_account
from accounts.passwords.forms import ReauthenticationForm
from accounts.passwords.services import reauthenticate_user
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from accounts.social.views.providers import get_offered_provider, redirect_to_provider
from lib.web.client import get_origin
from lib.web.errors import Conflict


@require_safe
@signed_in
def list_linked_accounts(request: SignedInRequest) -> HttpResponse:
    """List the linked accounts, and the providers that could be linked."""
    linked = linked_accounts_of(request.user)
    linked_ids = {account.provider.id for account in linked}
    others = [provider for provider in offered_providers() if provider.id not in linked_ids]
    return render_settings_page(
        request, "accounts/social/linked_accounts.html", "linked-accounts", linked_accounts=linked, others=others
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def start_linking(request: SignedInRequest, provider_id: str) -> HttpResponse:
    """Go to the provider and come back with the account there. Since it will sign the user in, it takes a password."""
    provider = get_offered_provider(provider_id)
    form = ReauthenticationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.submit(reauthenticate_user, actor=request.user):
        return redirect_to_provider(request, provider, AuthProcess.CONNECT, data={"user": str(request.user.pk)})
    return render_settings_page(
        request, "accounts/social/link_account.html", "linked-accounts", provider=provider, form=form
    )


@require_POST
@signed_in
def end_linking(request: SignedInRequest, account_id: int) -> HttpResponse:
    """Unlink an account."""
    try:
        unlink_account(actor=request.user, account_id=account_id, origin=get_origin(request))
    except Conflict as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("It no longer signs you in."))
    return redirect("accounts:linked-accounts")
