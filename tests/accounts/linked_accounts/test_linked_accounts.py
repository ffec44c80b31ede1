"""Connected accounts: seen, connected and disconnected in the settings and over REST, by their owner alone."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import AuditEntry, User
from accounts.tokens.services.personal import create_token
from tests.accounts.steps import come_by_provider, connected, go_to_provider
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD, make_user
from tests.provider import agree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider")]

PAGE = "/settings/connections/"


@pytest.fixture
def erin(db: None, settings: Settings) -> User:
    """Somebody with a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make_user("Erin", password=PASSWORD)


def connect(client: Client, sub: str, provider_id: str = "oidc") -> Any:
    return come_by_provider(client, sub, f"{PAGE}{provider_id}/", password=PASSWORD)


def end(account: SocialAccount) -> str:
    return f"{PAGE}{account.pk}/end/"


def test_an_account_is_connected_told_and_written_down(
    client_for: ClientFor, erin: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    browser = client_for(erin)
    assert 'aria-label="Connect Lighthouse"' in browser.get(PAGE).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = connect(browser, "dana")

    assert answer["Location"] == PAGE
    page = browser.get(PAGE).content.decode()
    assert "Lighthouse is connected" in page and "Dana@Halyard.example" in page
    assert 'aria-label="Connect Lighthouse"' not in page
    assert "Dana@Halyard.example of Lighthouse" in mail.outbox[0].body and mail.outbox[0].to == [erin.email]
    assert AuditEntry.objects.get().changes == {"connections": [None, "Lighthouse (Dana@Halyard.example)"]}
    erin.refresh_from_db()
    assert erin.email == "erin@halyard.example" and erin.email_verified_at is None


def test_connecting_takes_ones_password(client_for: ClientFor, erin: User, settings: Settings) -> None:
    settings.THROTTLE = True
    browser = client_for(erin)

    for typed in ("", "not mine"):
        answer = browser.post(f"{PAGE}oidc/", {"password": typed})
        assert answer.status_code == 422 and "This is not your password." in answer.content.decode()

    for _ in range(10):
        browser.post(f"{PAGE}oidc/", {"password": "not mine"})
    assert "Too many" in browser.post(f"{PAGE}oidc/", {"password": PASSWORD}).content.decode()


def test_whoever_has_no_password_connects_without(client_for: ClientFor, bob: User) -> None:
    browser = client_for(bob)
    assert 'name="password"' not in browser.get(f"{PAGE}google/").content.decode()

    assert go_to_provider(browser, f"{PAGE}google/")


def test_connecting_twice_changes_nothing(client_for: ClientFor, erin: User) -> None:
    browser = client_for(erin)

    connect(browser, "dana"), connect(browser, "dana")

    assert SocialAccount.objects.count() == AuditEntry.objects.count() == 1


def test_an_account_of_somebody_else_stays_theirs(client_for: ClientFor, erin: User, bob: User) -> None:
    connected(bob, "dana")
    browser = client_for(erin)

    connect(browser, "dana")

    assert "connected to somebody else here" in browser.get(PAGE).content.decode()
    assert SocialAccount.objects.get().user == bob


def test_whoever_came_in_between_connects_nothing(client_for: ClientFor, erin: User, bob: User) -> None:
    """The one who began is no longer signed in."""
    browser = client_for(erin)
    back = agree(go_to_provider(browser, f"{PAGE}oidc/", password=PASSWORD), "dana")
    browser.force_login(bob, backend="accounts.backends.AuthenticationBackend")

    browser.get(back)

    assert not SocialAccount.objects.exists()


def test_coming_back_signed_out_connects_nothing(client: Client, client_for: ClientFor, erin: User) -> None:
    browser = client_for(erin)
    back = agree(go_to_provider(browser, f"{PAGE}oidc/", password=PASSWORD), "dana")
    session = browser.session
    del session[SESSION_KEY]
    session.save()

    assert browser.get(back)["Location"] == PAGE
    assert not SocialAccount.objects.exists() and browser.get("/api/v1/me").status_code == 401


def test_an_account_is_disconnected_told_and_written_down(
    client_for: ClientFor, erin: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    account, browser = connected(erin, "dana"), client_for(erin)

    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(end(account))["Location"] == PAGE

    assert not SocialAccount.objects.exists()
    assert "no longer signs you in" in mail.outbox[0].subject
    assert AuditEntry.objects.get().changes == {"connections": ["Lighthouse (dana@lighthouse.example)", None]}


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}oidc/", f"{PAGE}1/end/"])
def test_nobody_comes_here_unasked(client: Client, path: str) -> None:
    answer = client.get(path) if path == PAGE else client.post(path)

    assert answer["Location"].startswith("/accounts/login/")


def test_accounts_of_others_are_not_there(client_for: ClientFor, api_for: ApiFor, erin: User, charlie: User) -> None:
    account = connected(erin, "dana")

    assert client_for(charlie).post(end(account)).status_code == 404
    assert api_for(charlie).call("DELETE", f"/me/connections/{account.pk}").status_code == 404
    assert api_for(charlie).call("GET", "/me/connections").json()["items"] == []
    assert client_for(erin).post(f"{PAGE}nobody/").status_code == 404
    assert SocialAccount.objects.count() == 1


def test_the_page_costs_the_same_however_many_there_are(
    client_for: ClientFor, erin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = client_for(erin)
    connected(erin, "dana")
    browser.get(PAGE)

    for number in range(5):
        with django_assert_max_num_queries(4):
            browser.get(PAGE)
        connected(erin, f"dana-{number}")


def test_there_is_an_end_to_connecting(client_for: ClientFor, erin: User) -> None:
    for number in range(20):
        connected(erin, f"dana-{number}")

    connect(client_for(erin), "dana")

    assert SocialAccount.objects.count() == 20


# Over REST


def test_rest_lists_and_disconnects(api_for: ApiFor, erin: User) -> None:
    account = connected(erin, "dana")
    api = api_for(erin)

    [shown] = api.call("GET", "/me/connections").json()["items"]

    assert (shown["id"], shown["provider"], shown["provider_name"]) == (account.pk, "oidc", "Lighthouse")
    assert (shown["account"], shown["is_last_way"]) == ("dana@lighthouse.example", False)
    assert api.call("DELETE", f"/me/connections/{account.pk}").status_code == 204
    assert api.call("DELETE", f"/me/connections/{account.pk}").status_code == 404


@pytest.mark.parametrize("name", [-1, 0, 2**31, 2**63, 10**20, "x", "%00"])
def test_rest_knows_no_such_account(api_for: ApiFor, erin: User, name: int | str) -> None:
    assert api_for(erin).call("DELETE", f"/me/connections/{name}").status_code in (404, 422)


def test_a_personal_token_disconnects_nothing(api_for: ApiFor, erin: User) -> None:
    account = connected(erin, "dana")
    token = create_token(actor=erin, name="Script", scopes=["account:admin"]).token
    asked = {"Authorization": f"Bearer {token}"}

    assert api_for(None).call("GET", "/me/connections", **asked).status_code == 200
    answer = api_for(None).call("DELETE", f"/me/connections/{account.pk}", **asked)

    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_needed")


def test_rest_says_which_providers_there_are(api_for: ApiFor) -> None:
    assert api_for(None).call("GET", "/auth/providers").json()["items"] == [
        {"id": "google", "name": "Google", "url": "http://testserver/accounts/google/login/"},
        {"id": "oidc", "name": "Lighthouse", "url": "http://testserver/accounts/oidc/login/"},
    ]
