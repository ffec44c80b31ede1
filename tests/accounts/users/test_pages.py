"""System administrators look after accounts in the browser; to all others the pages aren't there."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, Session, User
from tests.accounts.steps import enrol, labelled_error
from tests.conftest import ClientFor
from tests.factories import make_user

pytestmark = pytest.mark.django_db

USERS = "/administration/users/"


@pytest.fixture
def browser(client_for: ClientFor, root: User) -> Client:
    return client_for(root)


def act(browser: Client, name: str, user: User) -> str:
    return browser.post(reverse(f"accounts:{name}", args=[user.pk]), follow=True).content.decode()


def test_accounts_are_found_filtered_and_downloaded(browser: Client, alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)

    everybody = browser.get(USERS).content.decode()
    inactive = browser.get(USERS, {"status": "inactive", "role": "nonsense", "q": "\0"}).content.decode()
    file = browser.get(USERS, {"status": "inactive", "format": "csv"}).getvalue().decode()

    assert "alice@halyard.example" in everybody and "Download CSV" in everybody
    assert "@bob" in inactive and "@alice" not in inactive
    assert "bob@halyard.example" in file and "alice@halyard.example" not in file
    assert "Nobody like that" in browser.get(USERS, {"q": "zzz"}).content.decode()


def test_the_list_comes_in_pages_of_25_and_costs_the_same(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_user(f"Person {number:02}")
    browser.get(USERS)

    with django_assert_num_queries(5):
        first = browser.get(USERS, {"q": "person"}).content.decode()

    assert first.count("item--link") == 25 and "1–25 of 30" in first
    assert "?q=person&amp;page=2" in first


def test_an_account_is_made_and_what_is_wrong_stands_beside_it(browser: Client, alice: User) -> None:
    form = {"name": "Dora", "email": alice.email, "username": "", "role": "user", "password": ""}

    assert "signed up with this address" in labelled_error(browser.post(f"{USERS}new/", form), "email")
    answer = browser.post(f"{USERS}new/", form | {"email": "dora@halyard.example"}, follow=True)

    assert (
        "Dora has an account. A link to choose a password is on its way to dora@halyard.example."
        in answer.content.decode()
    )
    assert not User.objects.get(username="dora").has_usable_password()


def test_an_account_is_changed(browser: Client, bob: User, halyard: Organisation) -> None:
    path = f"{USERS}{bob.pk}/"
    form = {"name": "Bobby", "username": "bob", "email": "bob@halyard.example", "role": "admin"}

    assert "Halyard" in browser.get(path).content.decode()
    assert "Bobby’s account is saved." in browser.post(path, form, follow=True).content.decode()

    bob.refresh_from_db()
    assert bob.name == "Bobby" and bob in User.objects.administrators()


def test_every_button_does_what_it_says(browser: Client, bob: User, client_for: ClientFor) -> None:
    enrol(bob)
    client_for(bob)

    assert "told by mail" in act(browser, "user-second-factor-removal", bob)
    client_for(bob)
    assert "They are signed out everywhere." in act(browser, "user-sign-out", bob)
    assert not Session.objects.filter(user=bob).exists()
    assert "They are locked out" in act(browser, "user-deactivation", bob)
    assert "Reactivate" in browser.get(f"{USERS}{bob.pk}/").content.decode()
    assert "They can sign in again." in act(browser, "user-activation", bob)


def test_what_is_refused_is_said(browser: Client, root: User, alice: User, bob: User, halyard: Organisation) -> None:
    assert "lock yourself out" in act(browser, "user-deactivation", root)
    assert "Halyard would have no owner" in act(browser, "user-deactivation", alice)
    assert "is not on" in act(browser, "user-second-factor-removal", bob).lower()


@pytest.mark.parametrize(
    "name", ["user", "user-deactivation", "user-activation", "user-sign-out", "user-second-factor-removal"]
)
def test_to_all_others_no_page_is_there(
    client_for: ClientFor, client: Client, alice: User, bob: User, name: str
) -> None:
    path = reverse(f"accounts:{name}", args=[bob.pk])

    assert client_for(alice).post(path).status_code == 404
    assert client_for(alice).get(USERS).status_code == client_for(alice).get(f"{USERS}new/").status_code == 404
    assert client.post(path).url.startswith("/accounts/login/")
    assert "Administration" not in client_for(alice).get("/settings/").content.decode()
