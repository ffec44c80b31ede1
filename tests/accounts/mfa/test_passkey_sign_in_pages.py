"""Signing in by a passkey on the pages, as a script of theirs sends the forms."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Passkey, User
from tests.accounts.mfa.passkey_forms import LOCAL, add_passkey, options_in
from tests.accounts.steps import attempts_kept, by_password, enrol, is_signed_in, read_page, reload_user
from tests.authenticator import Authenticator
from tests.conftest import ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for: ClientFor, dana: User) -> Client:
    return client_for(dana)


def come_by_passkey(client: Client, device: Authenticator, **form: str) -> HttpResponse:
    options = client.post("/api/v1/auth/passkey/options", **LOCAL).json()
    return client.post("/accounts/passkey/", {"passkey": json.dumps(device.use(options))} | form, **LOCAL)


def test_a_password_asks_for_the_passkey(browser: Client, client: Client, dana: User) -> None:
    device, _shown = add_passkey(browser)

    assert by_password(client, dana).url == "/accounts/code/"
    assert not is_signed_in(client)
    page = client.get("/accounts/code/", **LOCAL)
    assert "Use your passkey" in read_page(page)
    options = options_in(page)
    assert [each["id"] for each in options["allowCredentials"]] == [Passkey.objects.get().credential_id]
    done = client.post("/accounts/code/", {"passkey": json.dumps(device.use(options))}, **LOCAL)

    assert done.status_code == 302 and is_signed_in(client)
    assert attempts_kept()[-1] == ("passkey", "success", "")


def test_the_passkey_of_another_user_is_refused(
    browser: Client, client: Client, dana: User, bob: User, client_for: ClientFor
) -> None:
    add_passkey(browser)
    bob.set_password(PASSWORD)
    bob.save()
    own, _shown = add_passkey(client_for(bob))
    by_password(client, dana)

    refused = client.post(
        "/accounts/code/", {"passkey": json.dumps(own.use(options_in(client.get("/accounts/code/", **LOCAL))))}, **LOCAL
    )

    assert refused.status_code == 422 and "This passkey was refused" in read_page(refused)
    assert not is_signed_in(client)


def test_a_recovery_code_works_instead(browser: Client, client: Client, dana: User) -> None:
    _device, shown = add_passkey(browser)
    code = re.search(r"<li>([A-Z2-7-]+)</li>", read_page(shown)).group(1)
    by_password(client, dana)

    assert "Use a recovery code" in read_page(client.get("/accounts/code/"))
    client.post("/accounts/code/?recovery", {"otp": code})
    assert is_signed_in(client)


def test_a_passkey_alone_signs_in_and_goes_where_one_was_going(browser: Client, client: Client, dana: User) -> None:
    device, _shown = add_passkey(browser)

    done = come_by_passkey(client, device, next="/settings/history/", remember="on")

    assert done.url == "/settings/history/" and is_signed_in(client)
    assert attempts_kept()[-1] == ("passkey", "success", "")
    assert client.cookies["atrium"]["max-age"]


def test_a_passkey_alone_leads_to_no_other_server(browser: Client, client: Client) -> None:
    device, _shown = add_passkey(browser)

    assert come_by_passkey(client, device, next="https://evil.example/").url == "/"


def test_a_passkey_alone_does_not_help_a_later_password(browser: Client, client: Client, dana: User) -> None:
    device, _shown = add_passkey(browser)
    come_by_passkey(client, device)
    client.post("/accounts/logout/")

    assert by_password(client, dana).url == "/accounts/code/"
    assert not is_signed_in(client)


def test_a_refused_one_shows_the_page_again(client: Client, dana: User) -> None:
    refused = come_by_passkey(client, Authenticator(user_handle=dana.pk.bytes))

    assert refused.status_code == 422 and "This passkey was refused" in read_page(refused)
    assert client.post("/accounts/passkey/", {"passkey": "nonsense"}, **LOCAL).status_code == 422
    assert client.get("/accounts/passkey/").status_code == 405


def test_a_closed_account_stays_closed(browser: Client, client: Client, dana: User) -> None:
    device, _shown = add_passkey(browser)
    User.objects.filter(pk=dana.pk).update(is_active=False)

    assert come_by_passkey(client, device).status_code == 422
    assert not is_signed_in(client)


def test_an_address_to_confirm_is_confirmed_first(browser: Client, client: Client, dana: User, settings: Any) -> None:
    device, _shown = add_passkey(browser)
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    come_by_passkey(client, device)

    assert not is_signed_in(client)


def test_it_opens_the_admin(browser: Client, dana: User) -> None:
    User.objects.filter(pk=dana.pk).update(role="admin", is_staff=True, is_superuser=True)
    assert browser.get("/admin/").status_code == 302

    add_passkey(browser)

    assert browser.get("/admin/").status_code == 200


def test_beside_an_app_both_are_offered(browser: Client, client: Client, dana: User, client_for: ClientFor) -> None:
    enrol(dana)
    add_passkey(client_for(reload_user(dana)))
    by_password(client, dana)

    page = read_page(client.get("/accounts/code/", **LOCAL))

    assert "Enter the code" in page and "Use a passkey" in page
