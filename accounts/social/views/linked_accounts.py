"""Connected accounts: where else one has an account that one signs in with here."""

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
from accounts.passwords.services import reauthenticate
from accounts.requests import SignedInRequest
from accounts.settings_page import settings_page
from accounts.social.views.providers import get_offered_provider, redirect_to_provider
from lib.web.client import origin_of
from lib.web.errors import Conflict


@require_safe
@signed_in
def linked_accounts(request: SignedInRequest) -> HttpResponse:
    """What is connected, and what else could be."""
    connected = linked_accounts_of(request.user)
    taken = {connection.provider.id for connection in connected}
    others = [provider for provider in offered_providers() if provider.id not in taken]
    return settings_page(
        request, "accounts/social/linked_accounts.html", "connections", connections=connected, others=others
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account_linking(request: SignedInRequest, provider_id: str) -> HttpResponse:
    """Off to the provider, to come back with the account there. Since it will let them in, it takes their password."""
    there = get_offered_provider(provider_id)
    form = ReauthenticationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.submit(reauthenticate, actor=request.user):
        return redirect_to_provider(request, there, AuthProcess.CONNECT, data={"user": str(request.user.pk)})
    return settings_page(request, "accounts/social/link_account.html", "connections", provider=there, form=form)


@require_POST
@signed_in
def account_unlinking(request: SignedInRequest, connection_id: int) -> HttpResponse:
    try:
        unlink_account(actor=request.user, connection_id=connection_id, origin=origin_of(request))
    except Conflict as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("It no longer lets you in."))
    return redirect("accounts:connections")
