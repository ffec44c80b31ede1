"""Passkeys on the pages, as a script of theirs sends the forms."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.mfa.queries import passkeys_of
from accounts.mfa.services.enrolment import get_pending_enrolment
from accounts.models import Organisation, Passkey, User
from tests.accounts.steps import (
    attempts_kept,
    by_password,
    code_of,
    enrol,
    is_signed_in,
    labelled_error,
    read_page,
    reload_user,
)
from tests.authenticator import Authenticator
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_membership

pytestmark = pytest.mark.django_db

SECURITY = "/settings/second-factor/"
NEW = f"{SECURITY}passkeys/new/"
LOCAL = {"headers": {"host": "localhost"}}


@pytest.fixture
def browser(client_for: ClientFor, dana: User) -> Client:
    return client_for(dana)


def add(browser: Client, name: str = "Laptop") -> tuple[Authenticator, HttpResponse]:
    device = Authenticator()
    body = {"password": PASSWORD}
    begun = browser.post("/api/v1/me/passkeys/registration", body, content_type="application/json", **LOCAL).json()
    return device, browser.post(NEW, {"name": name, "credential": json.dumps(device.create(begun))}, **LOCAL)


def options_in(page: HttpResponse) -> dict[str, Any]:
    """What a page asks a passkey."""
    text = re.search(r'data-options="([^"]*)"', read_page(page)).group(1)
    options: dict[str, Any] = json.loads(html.unescape(text))
    return options


def come_by_passkey(client: Client, device: Authenticator, **form: str) -> HttpResponse:
    options = client.post("/api/v1/auth/passkey/options", **LOCAL).json()
    return client.post("/accounts/passkey/", {"passkey": json.dumps(device.use(options))} | form, **LOCAL)


def test_the_first_one_shows_recovery_codes_and_keeps_this_browser(browser: Client, dana: User) -> None:
    page = read_page(browser.get(NEW, **LOCAL))
    assert "From then on every sign-in asks for it" in page

    _device, shown = add(browser)

    assert len(re.findall(r"<li>[A-Z2-7-]+</li>", read_page(shown))) == 10
    assert "Laptop" in read_page(browser.get(SECURITY, **LOCAL))
    _device, second = add(browser, "Phone")
    assert second.url == SECURITY


def test_a_password_asks_for_the_passkey(browser: Client, client: Client, dana: User) -> None:
    device, _shown = add(browser)

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
    add(browser)
    bob.set_password(PASSWORD)
    bob.save()
    own, _shown = add(client_for(bob))
    by_password(client, dana)

    refused = client.post(
        "/accounts/code/", {"passkey": json.dumps(own.use(options_in(client.get("/accounts/code/", **LOCAL))))}, **LOCAL
    )

    assert refused.status_code == 422 and "This passkey was refused" in read_page(refused)
    assert not is_signed_in(client)


def test_a_recovery_code_works_instead(browser: Client, client: Client, dana: User) -> None:
    _device, shown = add(browser)
    code = re.search(r"<li>([A-Z2-7-]+)</li>", read_page(shown)).group(1)
    by_password(client, dana)

    assert "Use a recovery code" in read_page(client.get("/accounts/code/"))
    client.post("/accounts/code/?recovery", {"otp": code})
    assert is_signed_in(client)


def test_a_passkey_alone_signs_in_and_goes_where_one_was_going(browser: Client, client: Client, dana: User) -> None:
    device, _shown = add(browser)

    done = come_by_passkey(client, device, next="/settings/history/", remember="on")

    assert done.url == "/settings/history/" and is_signed_in(client)
    assert attempts_kept()[-1] == ("passkey", "success", "")
    assert client.cookies["atrium"]["max-age"]


def test_a_passkey_alone_leads_to_no_other_server(browser: Client, client: Client) -> None:
    device, _shown = add(browser)

    assert come_by_passkey(client, device, next="https://evil.example/").url == "/"


def test_a_passkey_alone_does_not_help_a_later_password(browser: Client, client: Client, dana: User) -> None:
    device, _shown = add(browser)
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
    device, _shown = add(browser)
    User.objects.filter(pk=dana.pk).update(is_active=False)

    assert come_by_passkey(client, device).status_code == 422
    assert not is_signed_in(client)


def test_an_address_to_confirm_is_confirmed_first(browser: Client, client: Client, dana: User, settings: Any) -> None:
    device, _shown = add(browser)
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    come_by_passkey(client, device)

    assert not is_signed_in(client)


def test_it_opens_the_admin(browser: Client, dana: User) -> None:
    User.objects.filter(pk=dana.pk).update(role="admin", is_staff=True, is_superuser=True)
    assert browser.get("/admin/").status_code == 302

    add(browser)

    assert browser.get("/admin/").status_code == 200


def test_whoever_has_to_enrol_may_do_so_with_a_passkey(
    dana: User, halyard: Organisation, client_for: ClientFor
) -> None:
    Organisation.objects.filter(pk=halyard.pk).update(requires_second_factor=True)
    make_membership(halyard, dana)
    User.objects.filter(pk=dana.pk).update(second_factor_due=True)
    browser = client_for(reload_user(dana))
    assert NEW in read_page(browser.get(SECURITY, **LOCAL))

    _device, shown = add(browser)

    assert 'href="/">I have kept them' in read_page(shown)
    assert browser.get("/settings/").status_code == 200


def test_it_is_renamed_and_removed_with_the_password(browser: Client, dana: User) -> None:
    add(browser)
    passkey = passkeys_of(dana).get()
    page = reverse("accounts:second-factor-passkey", args=[passkey.pk])
    removal = reverse("accounts:second-factor-passkey-removal", args=[passkey.pk])

    assert browser.post(page, {"name": "Old"}).url == SECURITY
    assert browser.post(removal, {"password": "wrong"}).status_code == 422
    assert passkeys_of(dana).get().name == "Old"
    assert browser.post(removal, {"password": PASSWORD}).url == SECURITY
    assert not passkeys_of(dana).exists()


def test_strangers_find_none(browser: Client, client: Client, bob: User, client_for: ClientFor) -> None:
    add(browser)
    passkey = Passkey.objects.get()

    for name in ("second-factor-passkey", "second-factor-passkey-removal"):
        path = reverse(f"accounts:{name}", args=[passkey.pk])
        assert client_for(bob).post(path, {"name": "Mine", "password": PASSWORD}).status_code == 404
        assert client.post(path, {"name": "Mine"}).url == f"/accounts/login/?next={path}"
    assert Passkey.objects.get().name == "Laptop"


def test_beside_an_app_both_are_offered(browser: Client, client: Client, dana: User, client_for: ClientFor) -> None:
    enrol(dana)
    add(client_for(reload_user(dana)))
    by_password(client, dana)

    page = read_page(client.get("/accounts/code/", **LOCAL))

    assert "Enter the code" in page and "Use a passkey" in page


def test_an_app_beside_passkeys_takes_the_password(browser: Client, dana: User) -> None:
    add(browser)
    browser.post(f"{SECURITY}enrolment/")
    code = code_of(get_pending_enrolment(dana).secret)
    refused = browser.post(f"{SECURITY}confirmation/", {"otp": code, "password": "wrong"})
    done = browser.post(f"{SECURITY}confirmation/", {"otp": code, "password": PASSWORD})

    assert refused.status_code == 422 and done.url == SECURITY


def test_without_a_password_an_app_takes_a_passkey_or_a_recovery_code(browser: Client, dana: User) -> None:
    device, _codes = add(browser)
    User.objects.filter(pk=dana.pk).update(password="!")
    browser.force_login(User.objects.get(pk=dana.pk))
    browser.post(f"{SECURITY}enrolment/")
    page = browser.get(f"{SECURITY}confirmation/", **LOCAL)
    code = code_of(get_pending_enrolment(dana).secret)

    refused = browser.post(f"{SECURITY}confirmation/", {"otp": code}, **LOCAL)
    answer = json.dumps(device.use(options_in(page)))
    done = browser.post(f"{SECURITY}confirmation/", {"otp": code, "passkey": answer}, **LOCAL)

    assert refused.status_code == 422 and labelled_error(refused, "recovery_code")
    assert done.url == SECURITY


def test_without_a_password_another_passkey_takes_one_that_is_there(browser: Client, dana: User) -> None:
    device, _codes = add(browser)
    User.objects.filter(pk=dana.pk).update(password="!")
    browser.force_login(User.objects.get(pk=dana.pk))

    def begin(**body: Any) -> HttpResponse:
        path = "/api/v1/me/passkeys/registration"
        return browser.post(path, body, content_type="application/json", **LOCAL)

    answer = device.use(options_in(browser.get(NEW, **LOCAL)))
    assert begin().status_code == begin(otp="123456").status_code == 422
    assert begin(passkey=answer).status_code == 200
    assert begin(passkey=answer).status_code == 422


@pytest.mark.parametrize(("path", "count"), [(SECURITY, 1), (SECURITY, 5)])
def test_a_page_of_many_costs_what_one_costs(
    browser: Client, dana: User, path: str, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [Passkey(user=dana, name=f"{n}", credential_id=f"{n}", public_key=b"") for n in range(count)]
    Passkey.objects.bulk_create(rows)
    browser.get(path)

    with django_assert_num_queries(7):
        browser.get(path)
