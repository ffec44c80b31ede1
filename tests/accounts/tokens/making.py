"""Tokens as scripts of people get them."""

from typing import Any

from tests.conftest import ApiClient

SCRIPT = {"name": "Deploy script", "scopes": ["account:read"]}


def make_token(api: ApiClient, **more: Any) -> Any:
    return api.call("POST", "/me/tokens", SCRIPT | more)
