"""Speak OpenID Connect with a provider, and check its answers.

allauth checks the state and sends the code verifier (PKCE). Here are the nonce, the cached discovery document, and the
checks of every claim.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from requests import RequestException

from accounts.allauth_internals import build_absolute_uri, render_authentication_error

MAX_TEXT = 254
# The claims about a user that are looked at.
TEXT_CLAIMS = ("iss", "sub", "email", "name", "given_name", "family_name")
REQUIRED_METADATA = ("issuer", "authorization_endpoint", "token_endpoint")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
# The discovery document hardly ever changes, and no sign-in should wait for it.
DISCOVERY_CACHE_SECONDS = 10 * 60
# Each request to a provider that doesn't answer holds one of the few threads until its time-out.
UNREACHABLE_CACHE_SECONDS = 15
UNREACHABLE: dict[str, Any] = {}


class OpenIDClient(OpenIDConnectOAuth2Adapter):
    """Client of one provider, for one sign-in."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return the discovery document of the provider, from the cache where it is fresh."""
        server_url = self.get_provider().server_url
        key = f"openid:{hashlib.sha256(server_url.encode()).hexdigest()}"
        document: dict[str, Any] | None = cache.get(key)
        if document is None:
            try:
                document = self._fetch_discovery_document(server_url)
            except OAuth2Error:
                cache.set(key, UNREACHABLE, UNREACHABLE_CACHE_SECONDS)
                raise
            cache.set(key, document, DISCOVERY_CACHE_SECONDS)
        if document == UNREACHABLE:
            raise OAuth2Error(f"No discovery document at {server_url} a moment ago.")
        return document

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        path = reverse("accounts:provider-callback", args=[self.provider_id])
        return str(build_absolute_uri(request, path, self.redirect_uri_protocol))

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        with _convert_parsing_errors():
            return super().get_access_token_data(*args, **kwargs)

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        with _convert_parsing_errors():
            return super().parse_token(data)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Return the login of the user that the ID token names; its nonce has to be that of this sign-in."""
        with _convert_parsing_errors():
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            if not self.nonce or not constant_time_compare(str(claims.get("nonce", "")), self.nonce):
                raise OAuth2Error("The ID token is not for this sign-in.")
            if "email" not in claims:
                user_info = self._fetch_user_info(token.token)
                if user_info["sub"] != claims["sub"]:
                    raise OAuth2Error("The user info is about another user.")
                claims = user_info | claims
            return self.get_provider().sociallogin_from_response(request, _clean_claims(claims))

    def _fetch_discovery_document(self, server_url: str) -> dict[str, Any]:
        """Return the discovery document, with all that is needed and, for a provider at https, nothing at http."""
        try:
            document: dict[str, Any] = super().openid_config
        except (RequestException, ValueError) as error:
            raise OAuth2Error(f"No discovery document at {server_url}: {error}") from error
        if not isinstance(document, dict) or not all(isinstance(document.get(name), str) for name in REQUIRED_METADATA):
            raise OAuth2Error(f"The discovery document at {server_url} lacks one of {', '.join(REQUIRED_METADATA)}.")
        if server_url.startswith("https:"):
            for name in ENDPOINTS:
                if not str(document.get(name, "https:")).startswith("https:"):
                    raise OAuth2Error(f"The {name} of {server_url} is not at https.")
        return document


class OpenIDProvider(OpenIDConnectProvider):
    """An OpenID Connect provider, such as Google."""

    oauth2_adapter_class = OpenIDClient

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **_: Any
    ) -> HttpResponse:
        """Redirect to the provider, with a nonce that its answer has to name. A link adds no parameters."""
        nonce = secrets.token_urlsafe(32)
        auth_params = self.get_auth_params() | {"nonce": nonce}
        return super().redirect(request, process, next_url, data, auth_params=auth_params, nonce=nonce)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return a hash of issuer and subject: another provider under the same id has other users by the same names."""
        return hashlib.sha256(f"{data['iss']} {data['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the claims that are stored: those that the user sees of the account."""
        return {name: data[name] for name in ("email", "name") if name in data}


class OpenIDCallbackView(OAuth2CallbackView):
    """Page that the provider sends browsers back to."""

    adapter: OpenIDClient
    state: dict[str, Any] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except OAuth2Error as error:  # raised by the discovery document
            provider = self.adapter.get_provider()
            return render_authentication_error(request, provider, exception=error, extra_context={"state": self.state})

    def _get_state(
        self, request: HttpRequest, provider: OpenIDProvider
    ) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        self.state, refusal = super()._get_state(request, provider)
        if self.state is not None:
            self.adapter.nonce = self.state.get("nonce", "")
        return self.state, refusal


@contextmanager
def _convert_parsing_errors() -> Iterator[None]:
    """Turn errors of reading an answer into `OAuth2Error`: they are the provider's fault."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise OAuth2Error(f"The provider’s answer makes no sense: {error!r}") from error


def _clean_claims(claims: dict[str, Any]) -> dict[str, Any]:
    """Return the claims that are looked at, as far as they are text that can be stored."""
    cleaned: dict[str, Any] = {name: claims[name] for name in TEXT_CLAIMS if _is_storable_text(claims.get(name))}
    if not cleaned["iss"] or not cleaned["sub"]:
        raise OAuth2Error("The ID token doesn’t say whom it is about.")
    if "email" in cleaned and not _is_safe_to_lower(cleaned["email"]):
        del cleaned["email"]
    # Some providers say it as text.
    return cleaned | {"email_verified": claims.get("email_verified") in (True, "true")}


def _is_safe_to_lower(email: str) -> bool:
    """Tell whether an address stays the same mailbox in lower case, where the sign of the kelvin is an ASCII k."""
    return email.isascii() or not email.lower().isascii()


def _is_storable_text(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > MAX_TEXT or "\0" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)
