"""Whoever came by a provider has no password: what they are offered instead, and that they keep a way in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.db import connection as database
from pytest_django import Settings

from accounts.linked_accounts.services import unlink_account
from accounts.models import User
from lib.web.errors import Conflict
from tests.accounts.steps import connected
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider")]

PAGE = "/settings/connections/"


def end(account: SocialAccount) -> str:
    return f"{PAGE}{account.pk}/end/"


@pytest.fixture
def fay(db: None) -> User:
    """She came by a provider."""
    return make_user("Fay")


def test_the_last_way_in_stays(client_for: ClientFor, api_for: ApiFor, fay: User) -> None:
    account, browser = connected(fay, "dana"), client_for(fay)
    assert "set a password first" in browser.get(PAGE).content.decode()

    browser.post(end(account))
    answer = api_for(fay).call("DELETE", f"/me/connections/{account.pk}")

    assert "Set a password first." in browser.get(PAGE).content.decode()
    assert (answer.status_code, answer.json()["code"]) == (409, "last_way_in")
    assert SocialAccount.objects.exists()


def test_of_two_ways_in_one_may_go(client_for: ClientFor, fay: User) -> None:
    first, second = connected(fay, "dana"), connected(fay, "erin", "google")
    browser = client_for(fay)

    browser.post(end(first)), browser.post(end(second))

    assert list(SocialAccount.objects.all()) == [second]


def test_an_account_at_a_provider_that_is_gone_is_no_way_in(client_for: ClientFor, fay: User) -> None:
    open_way, _ = connected(fay, "dana"), connected(fay, "erin", "gone")

    client_for(fay).post(end(open_way))

    assert SocialAccount.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_stays(fay: User) -> None:
    accounts = [connected(fay, "dana"), connected(fay, "erin", "google")]

    def go(account: SocialAccount) -> bool:
        try:
            unlink_account(actor=User.objects.get(pk=fay.pk), account_id=account.pk)
        except Conflict:
            return False
        finally:
            database.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, accounts)) == [False, True]

    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("page", ["password", "address", "connections"])
def test_pages_that_ask_for_a_password_offer_a_link_instead(client_for: ClientFor, fay: User, page: str) -> None:
    shown = client_for(fay).get(f"/settings/{page}/").content.decode()

    assert "You have no password" in shown and 'name="current_password"' not in shown


def test_the_link_is_mailed_from_the_settings_and_over_rest(client_for: ClientFor, api_for: ApiFor, fay: User) -> None:
    client_for(fay).post("/settings/password/link/")
    assert api_for(fay).call("POST", "/me/password/link").status_code == 204

    assert [message.to for message in mail.outbox] == [[fay.email]] * 2
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_links_are_counted(client_for: ClientFor, api_for: ApiFor, fay: User, settings: Settings) -> None:
    settings.THROTTLE = True

    statuses = [api_for(fay).call("POST", "/me/password/link").status_code for _ in range(6)]

    assert statuses == [204] * 5 + [429]
    client_for(fay).post("/settings/password/link/")
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/me/password", {"current_password": "", "new_password": "four slow grey gulls"}),
        ("POST", "/me/password", {"current_password": "x", "new_password": "four slow grey gulls"}),
        ("PUT", "/me/email", {"current_password": "x", "email": "f@halyard.example"}),
    ],
)
def test_no_password_is_right_for_who_has_none(
    api_for: ApiFor, fay: User, method: str, path: str, body: dict[str, str]
) -> None:
    answer = api_for(fay).call(method, path, body)

    assert answer.status_code == 422
    assert body["current_password"] == "" or "You have no password yet" in answer.json()["detail"] + str(answer.json())
