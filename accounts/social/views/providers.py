"""Signing in by a provider: the way there, and the way back."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.linked_accounts.services import Provider, offered_providers
from accounts.onboarding.views import INVITATION_SHOWN
from accounts.organisations.services.invitations import read_invitation
from accounts.security.limits import SIGN_INS
from accounts.social.openid import OpenIDCallbackView, OpenIDClient
from lib.web.client import ip_address_of, network_of
from lib.web.errors import TooManyAttempts

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def provider_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider by a button; whoever follows a link is shown the button first."""
    there, onwards = get_offered_provider(provider_id), get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect(onwards or "accounts:home")
    if request.method != "POST":
        return render(request, "accounts/social/provider.html", {"provider": there, "next": onwards})
    invitation = _get_shown_invitation_id(request, onwards)
    if invitation is not None:
        return redirect_to_provider(request, there, AuthProcess.LOGIN, data={"invitation": invitation})
    return redirect_to_provider(request, there, AuthProcess.LOGIN, next_url=onwards)


@never_cache
@require_safe
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back again, with what the provider says."""
    get_offered_provider(provider_id)
    response: HttpResponse = OpenIDCallbackView.adapter_view(OpenIDClient(request, provider_id))(request)
    return response


def get_offered_provider(provider_id: str) -> Provider:
    """One that the settings name; there is nothing to find of others."""
    for known in offered_providers():
        if known.id == provider_id:
            return known
    raise Http404


def redirect_to_provider(
    request: HttpRequest,
    there: Provider,
    process: str,
    *,
    next_url: str | None = None,
    data: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page that goes to the provider by itself. It is no redirect: those may end a form elsewhere, and our policy
    forbids that.
    """
    back = "accounts:connections" if process == AuthProcess.CONNECT else "account_login"
    try:
        SIGN_INS.spend(network_of(ip_address_of(request)))
        way = get_adapter().get_provider(request, there.id).redirect(request, process, next_url, data)
    except TooManyAttempts as error:
        messages.error(request, str(error))
        return redirect(back)
    except OAuth2Error as error:
        logger.error("Nobody can sign in with %s: %s", there.name, error)
        words = _("%(name)s can’t be reached. Try again in a while, or come in another way.") % {"name": there.name}
        refusal = {"provider": there.name, "words": words, "page": back}
        return render(request, "accounts/social/provider_refused.html", refusal, status=503)
    return render(request, "accounts/social/provider_leaving.html", {"provider": there, "address": way["Location"]})


def _get_shown_invitation_id(request: HttpRequest, onwards: str | None) -> str | None:
    """The id of the invitation that they are on the way to and have read; its token is kept nowhere."""
    try:
        match = resolve(urlsplit(onwards or "").path)
        if match.view_name != "accounts:join":
            return None
        invitation = read_invitation(match.kwargs["token"])
    except (Resolver404, ObjectDoesNotExist):
        return None
    shown = request.session.get(INVITATION_SHOWN) == str(invitation.pk)
    return str(invitation.pk) if shown else None
