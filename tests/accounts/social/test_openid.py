"""What a provider sends back is believed once, in the browser that asked, for what it asked; and leads nowhere else."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import LoginAttempt, User
from tests.accounts.steps import come_by_provider, go_to_provider
from tests.provider import LiveProvider, agree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider")]

START, CALLBACK = "/accounts/oidc/login/", "/accounts/oidc/login/callback/"
STATES = "socialaccount_states"


def is_refused(client: Client, answer: Any) -> bool:
    """Nobody came in, nobody was made, and the page says so."""
    return (
        answer.status_code == 403
        and "prove who you are" in answer.content.decode()
        and client.get("/api/v1/me").status_code == 401
        and not User.objects.exists()
    )


def asked_of(address: str) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}


def change_state(client: Client, **changes: Any) -> None:
    """Change what the browser's session keeps of the sign-in that is under way."""
    session = client.session
    [(name, (state, *rest))] = session[STATES].items()
    kept = {key: value for key, value in (state | changes).items() if value is not None}
    session[STATES] = {name: (kept, *rest)}
    session.save()


def test_each_time_other_proofs_are_asked_for(client: Client) -> None:
    first, second = asked_of(go_to_provider(client)), asked_of(go_to_provider(client))

    assert first["code_challenge_method"] == "S256" and first["response_type"] == "code"
    assert set(first["scope"].split()) == {"openid", "email", "profile"}
    assert first["redirect_uri"] == f"http://testserver{CALLBACK}"
    for proof in ("state", "nonce", "code_challenge"):
        assert len(first[proof]) >= 16 and first[proof] != second[proof]


def test_a_link_adds_nothing_to_what_is_asked(client: Client) -> None:
    query = urlencode({"auth_params": "nonce=mine&state=mine&redirect_uri=https://evil.example", "scope": "admin"})

    asked = asked_of(go_to_provider(client, f"{START}?{query}&process=connect&action=rerequest"))

    assert "mine" not in (asked["nonce"], asked["state"]) and "admin" not in asked["scope"]
    assert asked["redirect_uri"] == f"http://testserver{CALLBACK}"


# State


@pytest.mark.parametrize("state", [None, "", "made-up", "x" * 5000, "\0"])
def test_without_the_state_that_was_given_nothing_is_believed(client: Client, state: str | None) -> None:
    back = asked_of(agree(go_to_provider(client), "dana"))

    answer = client.get(CALLBACK, {"code": back["code"]} | ({} if state is None else {"state": state}))

    assert is_refused(client, answer)
    assert not LoginAttempt.objects.exists()


def test_a_state_works_once(client: Client) -> None:
    back = agree(go_to_provider(client), "dana")
    assert client.get(back).status_code == 302
    client.logout()

    User.objects.all().delete()
    assert is_refused(client, client.get(back))


def test_a_state_works_in_its_own_browser_alone(client: Client) -> None:
    """Else somebody could have others sign in as themself."""
    back = agree(go_to_provider(client), "dana")
    other = Client()
    go_to_provider(other)

    assert is_refused(other, other.get(back))


def test_a_state_works_for_its_own_provider_alone(client: Client) -> None:
    back = agree(go_to_provider(client), "dana")

    assert is_refused(client, client.get(back.replace("/oidc/", "/google/")))


# Nonce


@pytest.mark.parametrize("nonce", ["", "another", None, 7])
def test_an_id_token_has_to_name_the_nonce(client: Client, provider: LiveProvider, nonce: int | str | None) -> None:
    provider.know("liar", email="dana@halyard.example", email_verified=True, nonce=nonce)

    assert is_refused(client, come_by_provider(client, "liar"))
    assert list(LoginAttempt.objects.values_list("method", "reason")) == [("provider", "provider_refused")]


def test_the_nonce_of_another_sign_in_does_not_do(client: Client, provider: LiveProvider) -> None:
    """An ID token that was shown before names the nonce of that time."""
    earlier = asked_of(go_to_provider(Client()))["nonce"]
    provider.know("replayed", email="dana@halyard.example", email_verified=True, nonce=earlier)

    assert is_refused(client, come_by_provider(client, "replayed"))


def test_a_sign_in_that_never_sent_a_nonce_believes_nothing(client: Client) -> None:
    back = agree(go_to_provider(client), "dana")
    change_state(client, nonce=None)

    assert is_refused(client, client.get(back))


# Code verifier


@pytest.mark.parametrize("verifier", [None, "x" * 64])
def test_the_provider_gets_the_verifier_of_its_challenge(client: Client, verifier: str | None) -> None:
    back = agree(go_to_provider(client), "dana")
    change_state(client, pkce_code_verifier=verifier)

    assert is_refused(client, client.get(back))


def test_a_code_that_was_given_to_another_browser_does_not_do(client: Client) -> None:
    """Even with a state of this one: its verifier is another."""
    stolen = asked_of(agree(go_to_provider(Client()), "dana"))["code"]
    state = asked_of(go_to_provider(client))["state"]

    assert is_refused(client, client.get(CALLBACK, {"code": stolen, "state": state}))


def test_a_code_works_once(client: Client) -> None:
    code = asked_of(agree(go_to_provider(client), "dana"))["code"]
    state = asked_of(go_to_provider(client))["state"]
    client.get(CALLBACK, {"code": code, "state": state})

    again = asked_of(go_to_provider(client))["state"]
    assert is_refused(client, client.get(CALLBACK, {"code": code, "state": again}))


# What else it may say


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another-client"}, {"iss": "https://evil.example"}, {"exp": 1}, {"exp": "x"}, {"aud": None}],
)
def test_an_id_token_for_others_is_not_believed(client: Client, provider: LiveProvider, claims: dict[str, Any]) -> None:
    provider.know("liar", email="dana@halyard.example", email_verified=True, **claims)

    assert is_refused(client, come_by_provider(client, "liar"))


def test_what_the_id_token_leaves_out_the_user_info_says(client: Client, provider: LiveProvider) -> None:
    provider.know("erin", email="erin@halyard.example", email_verified=True, not_in_token=["email", "email_verified"])

    come_by_provider(client, "erin")

    assert User.objects.get().email_verified_at is not None


def test_user_info_about_somebody_else_is_not_believed(client: Client, provider: LiveProvider) -> None:
    claims = {"email": "erin@halyard.example", "email_verified": True, "not_in_token": ["email"]}
    provider.know("liar", **claims, userinfo={"sub": "dana"})

    assert is_refused(client, come_by_provider(client, "liar"))


def test_changing_ones_mind_is_no_failure(client: Client) -> None:
    state = asked_of(go_to_provider(client))["state"]

    answer = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)

    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert "without signing in there" in answer.content.decode()
    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize("query", [{"error": "server_error"}, {"error": "<script>"}, {}, {"code": ""}])
def test_what_the_provider_could_not_do_is_said(client: Client, query: dict[str, Any]) -> None:
    state = asked_of(go_to_provider(client))["state"]

    answer = client.get(CALLBACK, query | {"state": state})

    assert is_refused(client, answer) and "<script>" not in answer.content.decode()


def test_a_provider_that_is_away_is_said_so(client: Client, provider: LiveProvider, settings: Settings) -> None:
    gone = provider.app(settings={"server_url": "http://127.0.0.1:9"})
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [gone]

    answer = client.post(START)

    assert answer.status_code == 503 and "can’t be reached" in answer.content.decode()


def test_a_provider_that_is_away_is_left_alone_for_a_moment(
    client: Client, provider: LiveProvider, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting for it takes a thread that others need."""
    cache.clear()
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        provider.app(settings={"server_url": "http://127.0.0.1:9"})
    ]
    client.post(START)
    monkeypatch.setattr(
        "accounts.social.openid.OpenIDClient._fetch_discovery_document", lambda *_: pytest.fail("asked again")
    )

    assert client.post(START).status_code == 503
    cache.clear()


@pytest.mark.parametrize(
    "described",
    [[], {}, {"issuer": 1}, {"issuer": "a", "authorization_endpoint": "https://a/", "token_endpoint": "http://a/"}],
)
def test_a_description_that_leads_astray_is_not_followed(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, described: Any
) -> None:
    from accounts.social.openid import OpenIDConnectOAuth2Adapter

    cache.clear()
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][1]
    app["settings"] = {"server_url": "https://login.example"}
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", described)

    assert client.post(START).status_code == 503
