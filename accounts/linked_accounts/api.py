"""Accounts at providers that one signs in with."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path as InPath
from ninja import Router, Status

from accounts.linked_accounts.schemas import ConnectionOut, ProviderOut
from accounts.linked_accounts.services import connections_of, disconnect, offered_providers
from accounts.requests import ApiRequest
from lib.web.client import get_origin
from lib.web.openapi import MOMENT, list_problems, show_example, wrap_page
from lib.web.schemas import Page

router = Router(tags=["me"])
entrance = Router(tags=["sign-in"])

CONNECTION = {
    "id": 7,
    "provider": "google",
    "provider_name": "Google",
    "account": "alice@moreau.example",
    "connected_at": MOMENT,
    "last_used_at": MOMENT,
    "is_last_way": False,
}
PROVIDER = {"id": "google", "name": "Google", "url": "https://atrium.example/accounts/google/login/"}


@entrance.get("/auth/providers", auth=None, response=Page[ProviderOut], openapi_extra=show_example(wrap_page(PROVIDER)))
def list_providers(request: HttpRequest) -> Page[ProviderOut]:
    """The providers that people may sign in with here, as Google. `url` is a page for a browser: it leads to the
    provider and back, and signs in the browser.
    """
    offered = [
        ProviderOut(
            id=provider.id,
            name=provider.name,
            url=request.build_absolute_uri(reverse("accounts:provider", args=[provider.id])),
        )
        for provider in offered_providers()
    ]
    return Page[ProviderOut](items=offered, next_cursor=None)


@router.get("/me/connections", response=Page[ConnectionOut], openapi_extra=show_example(wrap_page(CONNECTION)))
def list_connections(request: ApiRequest) -> Page[ConnectionOut]:
    """The accounts at providers that one signs in with, the first one first: all of them, there are twenty at most.

    Connecting another one takes a browser, since the provider asks there who one is: `/settings/connections/`.
    """
    connected = [ConnectionOut.of(connection) for connection in connections_of(request.auth)]
    return Page[ConnectionOut](items=connected, next_cursor=None)


@router.delete("/me/connections/{connection_id}", response={204: None, **list_problems(403, 409)})
def delete_connection(request: ApiRequest, connection_id: Annotated[int, InPath(ge=1, lt=2**31)]) -> Status[None]:
    """The account at the provider no longer signs one in. It is refused (409, `last_way_in`) to whoever has no
    password and no other account connected.
    """
    disconnect(actor=request.auth, connection_id=connection_id, origin=get_origin(request))
    return Status(204, None)
