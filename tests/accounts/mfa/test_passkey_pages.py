"""Passkeys in the settings, as a script of theirs sends the forms."""

from __future__ import annotations

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
from tests.accounts.mfa.passkey_forms import LOCAL, NEW, SECURITY, add_passkey, options_in
from tests.accounts.steps import code_of, labelled_error, read_page, reload_user
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for: ClientFor, dana: User) -> Client:
    return client_for(dana)


def test_the_first_one_shows_recovery_codes_and_keeps_this_browser(browser: Client, dana: User) -> None:
    page = read_page(browser.get(NEW, **LOCAL))
    assert "From then on every sign-in asks for it" in page

    _device, shown = add_passkey(browser)

    assert len(re.findall(r"<li>[A-Z2-7-]+</li>", read_page(shown))) == 10
    assert "Laptop" in read_page(browser.get(SECURITY, **LOCAL))
    _device, second = add_passkey(browser, "Phone")
    assert second.url == SECURITY


def test_whoever_has_to_enrol_may_do_so_with_a_passkey(
    dana: User, halyard: Organisation, client_for: ClientFor
) -> None:
    Organisation.objects.filter(pk=halyard.pk).update(requires_second_factor=True)
    make_membership(halyard, dana)
    User.objects.filter(pk=dana.pk).update(second_factor_due=True)
    browser = client_for(reload_user(dana))
    assert NEW in read_page(browser.get(SECURITY, **LOCAL))

    _device, shown = add_passkey(browser)

    assert 'href="/">I have kept them' in read_page(shown)
    assert browser.get("/settings/").status_code == 200


def test_it_is_renamed_and_removed_with_the_password(browser: Client, dana: User) -> None:
    add_passkey(browser)
    passkey = passkeys_of(dana).get()
    page = reverse("accounts:second-factor-passkey", args=[passkey.pk])
    removal = reverse("accounts:second-factor-passkey-removal", args=[passkey.pk])

    assert browser.post(page, {"name": "Old"}).url == SECURITY
    assert browser.post(removal, {"password": "wrong"}).status_code == 422
    assert passkeys_of(dana).get().name == "Old"
    assert browser.post(removal, {"password": PASSWORD}).url == SECURITY
    assert not passkeys_of(dana).exists()


def test_strangers_find_none(browser: Client, client: Client, bob: User, client_for: ClientFor) -> None:
    add_passkey(browser)
    passkey = Passkey.objects.get()

    for name in ("second-factor-passkey", "second-factor-passkey-removal"):
        path = reverse(f"accounts:{name}", args=[passkey.pk])
        assert client_for(bob).post(path, {"name": "Mine", "password": PASSWORD}).status_code == 404
        assert client.post(path, {"name": "Mine"}).url == f"/accounts/login/?next={path}"
    assert Passkey.objects.get().name == "Laptop"


def test_an_app_beside_passkeys_takes_the_password(browser: Client, dana: User) -> None:
    add_passkey(browser)
    browser.post(f"{SECURITY}enrolment/")
    code = code_of(get_pending_enrolment(dana).secret)
    refused = browser.post(f"{SECURITY}confirmation/", {"otp": code, "password": "wrong"})
    done = browser.post(f"{SECURITY}confirmation/", {"otp": code, "password": PASSWORD})

    assert refused.status_code == 422 and done.url == SECURITY


def test_without_a_password_an_app_takes_a_passkey_or_a_recovery_code(browser: Client, dana: User) -> None:
    device, _codes = add_passkey(browser)
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
    device, _codes = add_passkey(browser)
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
