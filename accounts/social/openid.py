"""What is asked of an OpenID Connect provider, and what its answer has to prove.

allauth checks the state and sends the code verifier. Here are the nonce, and distrust of all that a provider says.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from requests import RequestException

MAX_TEXT = 254
# What a provider says of somebody, as far as it is of interest.
TEXT_CLAIMS = ("iss", "sub", "email", "name", "given_name", "family_name")
REQUIRED_METADATA = ("issuer", "authorization_endpoint", "token_endpoint")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
# Nobody waits for the provider's description at each sign-in, and it hardly ever changes.
DISCOVERY_CACHE_SECONDS = 10 * 60
# Nor does everybody else wait when it is away: each who asks it holds one of the few threads until it is given up.
UNREACHABLE_CACHE_SECONDS = 15
UNREACHABLE: dict[str, Any] = {}


class OpenIDClient(OpenIDConnectOAuth2Adapter):
    """One sign-in's talk with the provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        server_url = self.get_provider().server_url
        key = f"openid:{hashlib.sha256(server_url.encode()).hexdigest()}"
        described: dict[str, Any] | None = cache.get(key)
        if described is None:
            try:
                described = self._ask_for_description(server_url)
            except OAuth2Error:
                cache.set(key, UNREACHABLE, UNREACHABLE_CACHE_SECONDS)
                raise
            cache.set(key, described, DISCOVERY_CACHE_SECONDS)
        if described == UNREACHABLE:
            raise OAuth2Error(f"No description at {server_url} a moment ago.")
        return described

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
        """Whom the ID token is about, which has to be made for this very sign-in."""
        with _convert_parsing_errors():
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            if not self.nonce or not constant_time_compare(str(claims.get("nonce", "")), self.nonce):
                raise OAuth2Error("The ID token is not for this sign-in.")
            if "email" not in claims:
                told = self._fetch_user_info(token.token)
                if told["sub"] != claims["sub"]:
                    raise OAuth2Error("The user info is about somebody else.")
                claims = told | claims
            return self.get_provider().sociallogin_from_response(request, _clean_claims(claims))

    def _ask_for_description(self, server_url: str) -> dict[str, Any]:
        try:
            described: dict[str, Any] = super().openid_config
        except (RequestException, ValueError) as error:
            raise OAuth2Error(f"No description at {server_url}: {error}") from error
        if not isinstance(described, dict) or not all(
            isinstance(described.get(name), str) for name in REQUIRED_METADATA
        ):
            raise OAuth2Error(f"The description at {server_url} lacks one of {', '.join(REQUIRED_METADATA)}.")
        if server_url.startswith("https:"):
            for name in ENDPOINTS:
                if not str(described.get(name, "https:")).startswith("https:"):
                    raise OAuth2Error(f"The {name} of {server_url} is not at https.")
        return described


class OpenIDProvider(OpenIDConnectProvider):
    """Google, or any other."""

    oauth2_adapter_class = OpenIDClient

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **_: Any
    ) -> HttpResponse:
        """The way to the provider, with a nonce that its answer has to name. A link adds nothing to what we ask."""
        nonce = secrets.token_urlsafe(32)
        asked = self.get_auth_params() | {"nonce": nonce}
        return super().redirect(request, process, next_url, data, auth_params=asked, nonce=nonce)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Another provider at the same place in the settings has other people by the same names."""
        return hashlib.sha256(f"{data['iss']} {data['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What people see of the account, and nothing else that the provider knows of them."""
        return {name: data[name] for name in ("email", "name") if name in data}


class OpenIDCallbackView(OAuth2CallbackView):
    """Where the provider sends people back to."""

    adapter: OpenIDClient
    state: dict[str, Any] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except OAuth2Error as error:  # raised by its description
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
    """What can't be read is the provider's fault and no failure of ours."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise OAuth2Error(f"The provider’s answer makes no sense: {error!r}") from error


def _clean_claims(claims: dict[str, Any]) -> dict[str, Any]:
    """Only what we look at, and only text that can be kept."""
    told: dict[str, Any] = {name: claims[name] for name in TEXT_CLAIMS if _is_storable_text(claims.get(name))}
    if not told["iss"] or not told["sub"]:
        raise OAuth2Error("The ID token doesn’t say whom it is about.")
    if "email" in told and not _is_safe_to_lower(told["email"]):
        del told["email"]
    # Some say it as text.
    return told | {"email_verified": claims.get("email_verified") in (True, "true")}


def _is_safe_to_lower(email: str) -> bool:
    """We know addresses in small letters. The sign of the kelvin is a k then: somebody else's mailbox."""
    return email.isascii() or not email.lower().isascii()


def _is_storable_text(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > MAX_TEXT or "\0" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)
