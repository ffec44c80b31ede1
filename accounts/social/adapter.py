"""Sign in, sign up or refuse users who come back from a provider, or link their accounts."""

from __future__ import annotations

import logging
from typing import Any, NoReturn
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.allauth_internals import (
    build_apps_from_settings,
    complete_social_signup,
    prevent_enumeration,
    provider_registry,
)
from accounts.linked_accounts.services import link_account
from accounts.login_attempts.services import record_login_attempt
from accounts.models import Invitation, LoginAttempt, User
from accounts.sign_up.services import must_hide_account
from accounts.social.errors import LoginRefused
from accounts.social.openid import OpenIDProvider
from accounts.social.sign_in import resolve_login
from lib.web.client import get_ip_address, get_origin, get_user_agent
from lib.web.errors import Conflict

logger = logging.getLogger(__name__)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Decisions of ours in allauth's sign-in with providers."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Return a provider; load all of them first, which is not done at the start."""
        provider_registry.load()
        return super().get_provider(request, provider, client_id)

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the apps of the settings alone: the database stores no client secrets."""
        apps_by_provider = build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in apps_by_provider.values() for app in apps]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Set name and address as the provider says them; a service checks them later."""
        user = sociallogin.user
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = data.get("name") or " ".join(filter(None, parts))
        user.email = data.get("email") or None
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let users with a linked account on; link the account of others, sign them up or refuse them."""
        # It would be stored in the session of a user who has yet to give a code.
        sociallogin.token = None
        if sociallogin.state["process"] == AuthProcess.CONNECT:
            self._link_account(request, sociallogin)
        invitation = _get_pending_invitation(sociallogin)
        if not sociallogin.is_existing and self._resolve_login(request, sociallogin, invitation):
            raise ImmediateHttpResponse(complete_social_signup(request, sociallogin))
        if invitation is not None:
            sociallogin.state["next"] = invitation.url
        if not sociallogin.user.is_active:
            _record_failure(request, sociallogin.user.email, "inactive", sociallogin.user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: OpenIDProvider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        """Answer a sign-in that the user has cancelled, or whose proof is not valid."""
        state = (extra_context or {}).get("state")
        page = "account_login"
        if state is not None and state["process"] == AuthProcess.CONNECT:
            page = "accounts:linked-accounts"
        if error == AuthError.CANCELLED:
            messages.info(request, _("You came back from %(name)s without signing in there.") % {"name": provider.name})
            raise ImmediateHttpResponse(redirect(page))
        if state is not None:
            _record_failure(request, "", "provider_refused")
            logger.warning(
                "A sign-in with %s failed: %s", provider.name, exception or request.GET.get("error", "")[:80]
            )
        raise _build_refusal(
            request, provider.name, _("What it told us didn’t prove who you are. Nothing has changed here."), page
        )

    def _link_account(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Link the account if the user is still the one who began it."""
        actor = request.user
        if isinstance(actor, User) and str(actor.pk) == sociallogin.state["data"]["user"]:
            name = sociallogin.provider.name
            try:
                link_account(actor=actor, account=sociallogin.account, origin=get_origin(request))
            except Conflict as error:
                messages.error(request, error.detail)
            else:
                messages.success(request, _("%(name)s is connected: you can sign in with it.") % {"name": name})
        raise ImmediateHttpResponse(redirect("accounts:linked-accounts"))

    def _resolve_login(self, request: HttpRequest, sociallogin: SocialLogin, invitation: Invitation | None) -> bool:
        """Set the user of a login with an account that is not linked; return whether the user is new."""
        claimed = sociallogin.user
        address = sociallogin.email_addresses[0] if sociallogin.email_addresses else None
        try:
            sociallogin.user, is_new = resolve_login(
                account=sociallogin.account,
                email=address.email if address else "",
                is_verified=address is not None and address.verified,
                name=claimed.name,
                invitation=invitation.token if invitation else None,
            )
        except LoginRefused as error:
            email = claimed.email or ""
            owner = User.objects.filter(email=email).first() if email else None
            _record_failure(request, email, error.reason, owner)
            if error.reason == "email_unverified" and must_hide_account(email):
                raise ImmediateHttpResponse(prevent_enumeration(request, email=email)) from error
            raise _build_refusal(request, sociallogin.provider.name, error.detail) from error
        return is_new


def _get_pending_invitation(sociallogin: SocialLogin) -> Invitation | None:
    """Return the open invitation that the user was on the way to when the sign-in began."""
    invitation_id = (sociallogin.state.get("data") or {}).get("invitation")
    return Invitation.objects.open().filter(pk=UUID(invitation_id)).first() if invitation_id else None


def _build_refusal(
    request: HttpRequest, provider: str, words: str, page: str = "account_login"
) -> ImmediateHttpResponse:
    context = {"provider": provider, "words": words, "page": page}
    return ImmediateHttpResponse(render(request, "accounts/social/provider_refused.html", context, status=403))


def _record_failure(request: HttpRequest, email: str, reason: str, user: User | None = None) -> None:
    record_login_attempt(
        user=user,
        email=email,
        method=LoginAttempt.Method.PROVIDER,
        reason=reason,
        ip_address=get_ip_address(request),
        user_agent=get_user_agent(request),
    )
