"""The ways to a provider: open by a press alone, as far as the settings go, and they lead to no other site."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.steps import come_by_provider, go_to_provider
from tests.conftest import ClientFor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider")]

START, CALLBACK = "/accounts/oidc/login/", "/accounts/oidc/login/callback/"
STATES = "socialaccount_states"


def test_only_a_press_of_the_button_leaves(client: Client) -> None:
    page = client.get(f"{START}?next=/settings/")

    assert page.status_code == 200 and STATES not in client.session
    assert 'name="next" value="/settings/"' in page.content.decode()
    assert Client(enforce_csrf_checks=True).post(START).status_code == 403


@pytest.mark.parametrize("path", ["/accounts/nobody/login/", "/accounts/openid_connect/login/"])
def test_what_is_not_offered_is_not_there(client: Client, path: str, settings: Settings) -> None:
    assert client.get(path).status_code == client.post(path).status_code == 404
    assert client.get(f"{path}callback/").status_code == 404
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = []
    assert client.post(START).status_code == client.get(CALLBACK).status_code == 404
    assert "Continue with" not in client.get("/accounts/login/").content.decode()


# Beside the form, which a server without accounts has no use for: two providers, and at the sign-in the passkey.
@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(
    ("page", "forms"), [("/accounts/login/?next=/settings/", 4), ("/accounts/signup/?next=/settings/", 3)]
)
def test_the_buttons_carry_on_where_one_was_going(client: Client, page: str, forms: int) -> None:
    shown = client.get(page).content.decode()

    assert "Continue with Google" in shown and "Continue with Lighthouse" in shown
    assert shown.count('name="next" value="/settings/"') == forms


@pytest.mark.parametrize("path", ["3rdparty/", "3rdparty/signup/", "social/connections/", "oidc/oidc/login/"])
def test_allauths_own_pages_are_closed(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == client.post(f"/accounts/{path}").status_code == 404


def test_tries_are_counted(client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from lib.rate_limit import RateLimit

    settings.THROTTLE = True
    monkeypatch.setattr("accounts.social.views.providers.SIGN_INS", RateLimit("provider-test", attempts=1, seconds=300))
    go_to_provider(client)

    assert client.post(START)["Location"] == "/accounts/login/"


EVIL = [
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "https://testserver@evil.example",
    "https://testserver:x@evil.example/",
    "https://testserver.evil.example",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "//evil.example%2f@testserver",
    "//google.com/%2f..",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,hi",
    "vbscript:x",
    "ftp://evil.example",
    "file:///etc/passwd",
    "//[::1]@evil.example",
    "http://[",
    "\x00//evil.example",
    "//evil.example\\@testserver",
    "https://evil\uff0eexample",
]


@pytest.mark.parametrize("there", EVIL)
def test_where_else_to_go_on_to_is_not_even_kept(client: Client, there: str) -> None:
    go_to_provider(client, next=there)

    [(state, *_)] = client.session[STATES].values()
    assert "next" not in state


@pytest.mark.parametrize("there", ["nowhere", "?next", "accounts:user", "//evil.example"])
def test_whoever_is_signed_in_goes_on_to_addresses_alone(client_for: ClientFor, alice: User, there: str) -> None:
    assert client_for(alice).get(START, {"next": there})["Location"] == "/"
    assert client_for(alice).get(START, {"next": "/settings/"})["Location"] == "/settings/"


@pytest.mark.parametrize("there", ["https://evil.example", "//evil.example"])
def test_nobody_is_led_away_after_signing_in(client: Client, there: str) -> None:
    assert come_by_provider(client, "dana", f"{START}?next={there}", next=there)["Location"] == "/"
