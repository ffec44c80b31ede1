"""REST: list providers, list and unlink accounts at them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path as InPath
from ninja import Router, Status

from accounts.linked_accounts.schemas import LinkedAccountOut, ProviderOut
from accounts.linked_accounts.services import linked_accounts_of, offered_providers, unlink_account
from accounts.requests import ApiRequest
from lib.web.client import get_origin
from lib.web.openapi import MOMENT, list_problems, show_example, wrap_page
from lib.web.schemas import Page

router = Router(tags=["me"])
sign_in_router = Router(tags=["sign-in"])

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


@sign_in_router.get(
    "/auth/providers", auth=None, response=Page[ProviderOut], openapi_extra=show_example(wrap_page(PROVIDER))
)
def list_providers(request: HttpRequest) -> Page[ProviderOut]:
    """List the providers that users may sign in with, such as Google. `url` is a page for a browser: it leads to the
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


@router.get("/me/connections", response=Page[LinkedAccountOut], openapi_extra=show_example(wrap_page(CONNECTION)))
def list_connections(request: ApiRequest) -> Page[LinkedAccountOut]:
    """List your accounts at providers that sign you in, the first linked first: all of them, there are twenty at most.

    Linking another account takes a browser, since the provider asks there who you are: `/settings/connections/`.
    """
    accounts = [LinkedAccountOut.of(account) for account in linked_accounts_of(request.auth)]
    return Page[LinkedAccountOut](items=accounts, next_cursor=None)


@router.delete("/me/connections/{connection_id}", response={204: None, **list_problems(403, 409)})
def delete_connection(request: ApiRequest, connection_id: Annotated[int, InPath(ge=1, lt=2**31)]) -> Status[None]:
    """Unlink an account at a provider: it no longer signs you in. Refused (409, `last_way_in`) where you have neither a
    password nor another linked account.
    """
    unlink_account(actor=request.auth, account_id=connection_id, origin=get_origin(request))
    return Status(204, None)
