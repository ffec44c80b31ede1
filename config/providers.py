"""Build the providers for linked accounts from the environment."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

GOOGLE = "https://accounts.google.com"


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
