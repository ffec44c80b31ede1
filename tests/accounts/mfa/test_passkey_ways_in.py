"""A passkey that is the second factor is asked for by whichever way its user comes, as codes are."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.mfa.passkey_forms import LOCAL, add_passkey, options_in
from tests.accounts.steps import CODE, by_password, is_outside, read_page
from tests.accounts.ways_in import by_admin, by_anything_else, by_mailed_code, by_provider, by_reset
from tests.authenticator import Authenticator
from tests.conftest import ClientFor
from tests.factories import PASSWORD
from tests.provider import LiveProvider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_sign_ins")]

WAYS_IN = [by_password, by_reset, by_mailed_code, by_admin, by_provider, by_anything_else]


@pytest.fixture(autouse=True)
def every_way_is_open(settings: Settings, provider: LiveProvider) -> None:
    settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True


@pytest.fixture
def device(client_for: ClientFor, dana: User) -> Authenticator:
    """What holds Dana's passkey, her only second factor."""
    return add_passkey(client_for(dana))[0]


@pytest.mark.parametrize("come", WAYS_IN)
def test_each_way_asks_and_the_passkey_opens(
    come: Callable[..., Any], client: Client, dana: User, device: Authenticator
) -> None:
    assert come(client, dana)["Location"] == CODE
    assert is_outside(client)

    page = client.get(CODE, **LOCAL)
    client.post(CODE, {"passkey": json.dumps(device.use(options_in(page)))}, **LOCAL)

    assert client.get("/api/v1/me").json()["username"] == "dana"


@pytest.mark.parametrize("come", WAYS_IN)
def test_no_way_opens_to_the_passkey_of_another_user(
    come: Callable[..., Any], client: Client, client_for: ClientFor, dana: User, bob: User, device: Authenticator
) -> None:
    bob.set_password(PASSWORD)
    bob.save()
    own, _shown = add_passkey(client_for(bob))
    come(client, dana)

    options = options_in(client.get(CODE, **LOCAL))
    refused = client.post(CODE, {"passkey": json.dumps(own.use(options))}, **LOCAL)

    assert refused.status_code == 422 and "This passkey was refused" in read_page(refused)
    assert is_outside(client)
