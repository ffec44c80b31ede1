"""Both ways to invite by mail."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.conftest import ApiClient

DANA = "dana@rope-makers.example"


def invite_by_rest(api: ApiClient, **body: Any) -> Any:
    return api.call("POST", "/orgs/halyard/invitations", body)


def invite_by_form(client: Client, **form: Any) -> Any:
    return client.post(reverse("accounts:invitations", args=["halyard"]), {"role": "member"} | form)
