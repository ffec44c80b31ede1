"""Build the providers for linked accounts from the environment."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

GOOGLE = "https://accounts.google.com"


def read_providers(env: Env, *, plain_http: bool) -> list[dict[str, Any]]:
    """Return the providers that the environment names: Google, which is one like any other, and one of your own."""
    providers = []
    if client_id := env.str("GOOGLE_CLIENT_ID", default=""):
        secret = env.str("GOOGLE_CLIENT_SECRET", default="")
        providers.append(
            build_provider("google", "Google", server_url=GOOGLE, client_id=client_id, secret=secret, plain_http=False)
        )
    if server_url := env.str("OIDC_SERVER_URL", default=""):
        providers.append(
            build_provider(
                "oidc",
                env.str("OIDC_NAME", default="single sign-on"),
                server_url=server_url,
                client_id=env.str("OIDC_CLIENT_ID", default=""),
                secret=env.str("OIDC_CLIENT_SECRET", default=""),
                plain_http=plain_http,
            )
        )
    return providers


def build_provider(
    id: str, name: str, *, server_url: str, client_id: str, secret: str, plain_http: bool
) -> dict[str, Any]:
    """Return an OpenID Connect provider as allauth configures it.

    `plain_http` allows `http://` for development. Raise ImproperlyConfigured without a client id or for another URL.
    """
    if not client_id:
        raise ImproperlyConfigured(f"{name} knows this place by a client id: set it too.")
    if not server_url.startswith(("https://", "http://") if plain_http else "https://"):
        raise ImproperlyConfigured(f"The address of {name} has to begin with https://: what it says lets people in.")
    return {
        "provider_id": id,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server_url.rstrip("/")},
    }
