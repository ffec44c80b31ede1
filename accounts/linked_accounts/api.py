"""REST: list providers, list and unlink accounts at them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path as InPath
from ninja import Query, Router, Status

from accounts.linked_accounts.schemas import LinkedAccountOut, ProviderOut
from accounts.linked_accounts.services import Provider, linked_accounts_of, offered_providers, unlink_account
from accounts.requests import ApiRequest
from lib.web.client import get_origin
from lib.web.openapi import MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, slice_rows
from lib.web.schemas import Page

router = Router(tags=["me"])
sign_in_router = Router(tags=["sign-in"])

LINKED_ACCOUNT = {
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
def list_providers(request: HttpRequest, page: Query[PageQuery]) -> Page[ProviderOut]:
    """List the providers that users may sign in with, such as Google. `url` is a page for a browser: it leads to the
    provider and back, and signs in the browser.
    """

    def present(provider: Provider) -> ProviderOut:
        url = request.build_absolute_uri(reverse("accounts:provider", args=[provider.id]))
        return ProviderOut(id=provider.id, name=provider.name, url=url)

    return slice_rows(offered_providers(), page, present)


@router.get("/me/connections", response=Page[LinkedAccountOut], openapi_extra=show_example(wrap_page(LINKED_ACCOUNT)))
def list_linked_accounts(request: ApiRequest, page: Query[PageQuery]) -> Page[LinkedAccountOut]:
    """List your accounts at providers that sign you in, the first linked first.

    Linking another account takes a browser, since the provider asks there who you are: `/settings/connections/`.
    """
    return slice_rows(linked_accounts_of(request.auth), page, LinkedAccountOut.of)


@router.delete("/me/connections/{account_id}", response={204: None, **list_problems(403, 409)})
def delete_linked_account(request: ApiRequest, account_id: Annotated[int, InPath(ge=1, lt=2**31)]) -> Status[None]:
    """Unlink an account at a provider: it no longer signs you in. Refused (409, `last_way_in`) where you have neither a
    password nor another linked account.
    """
    unlink_account(actor=request.auth, account_id=account_id, origin=get_origin(request))
    return Status(204, None)
