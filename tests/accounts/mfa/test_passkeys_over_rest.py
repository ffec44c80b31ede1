"""Passkeys over REST: added, listed, renamed, removed, and signed in with."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.mfa.queries import passkeys_of
from accounts.models import Passkey, User
from accounts.tokens.services.personal import create_token
from tests.accounts.steps import attempts_kept
from tests.authenticator import Authenticator
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

# Passkeys need a name: the one that Django's test client uses is none that browsers take for secure.
HOST = "localhost"


def call(client: ApiClient, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return client.call(method, path, body, Host=HOST, **headers)


def add(client: ApiClient, name: str = "Laptop", **options: Any) -> tuple[Authenticator, dict[str, Any]]:
    device = Authenticator(**options)
    begun = call(client, "POST", "/me/passkeys/registration", {"password": PASSWORD})
    assert (begun.status_code, begun["Cache-Control"]) == (200, "no-store")
    done = call(client, "POST", "/me/passkeys", {"name": name, "credential": device.create(begun.json())})
    assert (done.status_code, done["Cache-Control"]) == (201, "no-store"), done.content
    return device, done.json()


def test_from_the_first_to_none(dana: User, api_for: ApiFor) -> None:
    client = api_for(dana)
    device, made = add(client)
    assert made["passkey"]["name"] == "Laptop" and len(made["recovery_codes"]) == 10
    assert call(client, "GET", "/me/two-factor").json()["methods"] == ["passkey", "recovery_code"]

    (listed,) = call(client, "GET", "/me/passkeys").json()["items"]
    assert listed == made["passkey"]
    path = f"/me/passkeys/{listed['id']}"
    assert call(client, "PATCH", path, {"name": "Old"}).json()["name"] == "Old"
    assert call(client, "DELETE", path, {"password": "wrong"}).status_code == 422
    assert call(client, "DELETE", path, {"password": PASSWORD}).status_code == 204
    assert call(client, "GET", "/me/two-factor").json()["enabled"] is False


def test_a_passkey_signs_in(dana: User, api_for: ApiFor) -> None:
    device, _made = add(api_for(dana))
    stranger = api_for(None)
    options = call(stranger, "POST", "/auth/passkey/options").json()
    assert options["allowCredentials"] == [] and options["userVerification"] == "required"

    answer = {"credential": device.use(options)}
    pair, again = (call(stranger, "POST", "/auth/passkey", answer) for _ in range(2))

    assert pair.status_code == 200 and pair.json()["access_token"].startswith("atr_")
    assert (again.status_code, again.json()["code"]) == (401, "passkey_expired")
    assert attempts_kept() == [("passkey", "success", ""), ("passkey", "failure", "passkey_expired")]


def test_a_password_alone_is_not_enough_and_a_recovery_code_is(dana: User, api_for: ApiFor) -> None:
    _device, made = add(api_for(dana))
    credentials = {"email": dana.email, "password": PASSWORD}

    refused = call(api_for(None), "POST", "/auth/token", credentials)
    done = call(api_for(None), "POST", "/auth/token", credentials | {"otp": made["recovery_codes"][0]})

    assert (refused.status_code, refused.json()["code"]) == (401, "otp_required")
    assert refused.json()["methods"] == ["passkey", "recovery_code"]
    assert "recovery code" in refused.json()["detail"]
    assert done.status_code == 200


def test_a_passkey_stands_in_for_a_code(dana: User, api_for: ApiFor) -> None:
    client = api_for(dana)
    device, _made = add(client)
    options = call(client, "POST", "/me/passkeys/verification").json()

    renewed = call(client, "POST", "/me/two-factor/recovery-codes", {"passkey": device.use(options)})
    again = call(client, "POST", "/me/two-factor/recovery-codes", {"passkey": device.use(options)})

    assert len(renewed.json()["recovery_codes"]) == 10
    assert again.status_code == 422


def test_others_have_no_part_in_it(dana: User, bob: User, api_for: ApiFor) -> None:
    _device, made = add(api_for(dana))
    path = f"/me/passkeys/{made['passkey']['id']}"

    assert call(api_for(bob), "GET", "/me/passkeys").json()["items"] == []
    assert call(api_for(bob), "PATCH", path, {"name": "Mine"}).status_code == 404
    assert call(api_for(bob), "DELETE", path, {"password": PASSWORD}).status_code == 404
    assert call(api_for(None), "GET", "/me/passkeys").status_code == 401
    assert call(api_for(None), "POST", "/me/passkeys/registration", {}).status_code == 401
    assert Passkey.objects.get().name == "Laptop"


def test_no_personal_token_changes_them(dana: User, api_for: ApiFor) -> None:
    token = create_token(actor=dana, name="CI", scopes=["account:admin"])
    client = ApiClient(headers={"Authorization": f"Bearer {token.token}"})

    assert call(client, "GET", "/me/passkeys").status_code == 200
    assert call(client, "POST", "/me/passkeys/registration", {"password": PASSWORD}).status_code == 403


def test_an_address_without_a_name_has_none(dana: User, api_for: ApiFor) -> None:
    client = api_for(dana)
    at_address = client.call("POST", "/me/passkeys/registration", {"password": PASSWORD}, Host="127.0.0.1")
    unencrypted = client.call("POST", "/me/passkeys/registration", {"password": PASSWORD}, Host="testserver")

    assert [(answer.status_code, answer.json()["code"]) for answer in (at_address, unencrypted)] == [
        (409, "passkeys_unavailable")
    ] * 2


def test_a_proxy_that_encrypts_is_believed_by_its_origin(dana: User, api_for: ApiFor, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["chat.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://chat.example", "https://other.example"]
    client, device = api_for(dana), Authenticator(origin="https://chat.example")
    body = {"password": PASSWORD}

    begun = client.call("POST", "/me/passkeys/registration", body, Host="chat.example").json()
    answer = {"name": "Laptop", "credential": device.create(begun)}

    assert begun["rp"]["id"] == "chat.example"
    assert client.call("POST", "/me/passkeys", answer, Host="chat.example").status_code == 201


def test_a_browser_gets_a_new_session_key(dana: User, client_for: ClientFor) -> None:
    browser, device = client_for(dana), Authenticator()
    key = browser.session.session_key
    options = {"content_type": "application/json", "headers": {"Host": HOST}}
    begun = browser.post("/api/v1/me/passkeys/registration", {"password": PASSWORD}, **options).json()

    browser.post("/api/v1/me/passkeys", {"name": "Laptop", "credential": device.create(begun)}, **options)

    assert browser.session.session_key != key
    assert browser.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize(
    "credential",
    [None, "x", {}, {"id": 1}, {"id": "é", "rawId": "é", "type": "public-key", "response": {}}, {"id": "x" * 2000}],
)
def test_misshapen_answers_are_invalid(dana: User, api_for: ApiFor, credential: Any) -> None:
    added = call(api_for(dana), "POST", "/me/passkeys", {"name": "Laptop", "credential": credential})
    signed_in = call(api_for(None), "POST", "/auth/passkey", {"credential": credential})

    assert (added.status_code, signed_in.status_code) == (422, 422)


@pytest.mark.parametrize("count", [1, 5])
def test_a_list_of_many_costs_what_one_costs(
    dana: User, api_for: ApiFor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = api_for(dana)
    rows = [Passkey(user=dana, name=f"{n}", credential_id=f"{n}", public_key=b"") for n in range(count)]
    Passkey.objects.bulk_create(rows)
    client.call("GET", "/me/passkeys")

    with django_assert_num_queries(3):
        assert len(client.call("GET", "/me/passkeys").json()["items"]) == passkeys_of(dana).count() == count
