"""Send browsers to a provider to sign in there, and take them back."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

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

from accounts.allauth_internals import get_next_redirect_url
from accounts.linked_accounts.services import Provider, offered_providers
from accounts.onboarding.views import INVITATION_SHOWN
from accounts.organisations.services.invitations import read_invitation
from accounts.security.limits import SIGN_INS
from accounts.social.openid import OpenIDCallbackView, OpenIDClient
from lib.web.client import get_ip_address, get_network
from lib.web.errors import TooManyAttempts

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_with_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider by a POST; a GET, as by a link, shows the button first."""
    provider, next_url = get_offered_provider(provider_id), get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect(next_url or "accounts:home")
    if request.method != "POST":
        return render(request, "accounts/social/provider.html", {"provider": provider, "next": next_url})
    invitation_id = _get_shown_invitation_id(request, next_url)
    if invitation_id is not None:
        return redirect_to_provider(request, provider, AuthProcess.LOGIN, data={"invitation": invitation_id})
    return redirect_to_provider(request, provider, AuthProcess.LOGIN, next_url=next_url)


@never_cache
@require_safe
def return_from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take a browser back from the provider, and end the sign-in by the provider's answer."""
    get_offered_provider(provider_id)
    response: HttpResponse = OpenIDCallbackView.adapter_view(OpenIDClient(request, provider_id))(request)
    return response


def get_offered_provider(provider_id: str) -> Provider:
    """Return a provider of the settings; raise `Http404` where they name none with this id."""
    for provider in offered_providers():
        if provider.id == provider_id:
            return provider
    raise Http404


def redirect_to_provider(
    request: HttpRequest,
    provider: Provider,
    process: str,
    *,
    next_url: str | None = None,
    data: dict[str, Any] | None = None,
) -> HttpResponse:
    """Render a page that goes to the provider by itself. It is no redirect: our Content-Security-Policy forbids a form
    to end at another site.
    """
    back = "accounts:connections" if process == AuthProcess.CONNECT else "account_login"
    try:
        SIGN_INS.consume(get_network(get_ip_address(request)))
        client = get_adapter().get_provider(request, provider.id)
        answer = client.redirect(request, process, next_url, data)
    except TooManyAttempts as error:
        messages.error(request, str(error))
        return redirect(back)
    except OAuth2Error as error:
        logger.error("No user can sign in with %s: %s", provider.name, error)
        explanation = _("%(name)s can’t be reached. Try again in a while, or come in another way.")
        refusal = {"provider": provider.name, "words": explanation % {"name": provider.name}, "page": back}
        return render(request, "accounts/social/provider_refused.html", refusal, status=503)
    return render(
        request, "accounts/social/provider_leaving.html", {"provider": provider, "address": answer["Location"]}
    )


def _get_shown_invitation_id(request: HttpRequest, next_url: str | None) -> str | None:
    """Return the id of the invitation at `next_url` if this browser was shown its page; tokens are not stored."""
    try:
        match = resolve(urlsplit(next_url or "").path)
        if match.view_name != "accounts:join":
            return None
        invitation = read_invitation(match.kwargs["token"])
    except (Resolver404, ObjectDoesNotExist):
        return None
    invitation_id = str(invitation.pk)
    return invitation_id if request.session.get(INVITATION_SHOWN) == invitation_id else None
