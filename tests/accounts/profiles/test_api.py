"""Oneself over REST."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts import hooks
from accounts.models import User
from accounts.profiles.services.profile import update_profile
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "lighthouse-at-dusk-31"


@pytest.fixture
def told() -> Iterator[list[Any]]:
    """What tenants were told, in order."""
    heard = []

    class Listener:
        def __getattr__(self, name: str) -> Callable[..., Any]:
            return lambda **details: heard.append((name, details))

    hooks.subscribers.append(listener := Listener())
    yield heard
    hooks.subscribers.remove(listener)


def test_one_sees_oneself(api_for: ApiFor, alice: User) -> None:
    me = api_for(alice).call("GET", "/me").json()

    assert (me["id"], me["email"], me["name"]) == (str(alice.pk), alice.email, "Alice")


def test_nobody_is_nobody(api_for: ApiFor, db: None) -> None:
    response = api_for(None).call("GET", "/me")

    assert (response.status_code, response.json()["code"]) == (401, "not_signed_in")


def test_a_browser_session_works_too(client_for: ClientFor, alice: User) -> None:
    assert client_for(alice).get("/api/v1/me").json()["username"] == "alice"


def test_a_browser_writes_only_with_its_csrf_token(client_for: ClientFor, alice: User) -> None:
    browser = client_for(alice)
    browser.handler.enforce_csrf_checks = True

    response = browser.patch("/api/v1/me", {"name": "Mallory"}, content_type="application/json")

    assert (response.status_code, response.json()["code"]) == (403, "forbidden")
    alice.refresh_from_db()
    assert alice.name == "Alice"


def test_changing_some_leaves_the_rest(api_for: ApiFor, alice: User) -> None:
    changed = api_for(alice).call("PATCH", "/me", {"theme": "dark"}).json()

    assert (changed["theme"], changed["name"], changed["username"]) == ("dark", "Alice", "alice")


def test_metadata_merges_by_key_and_null_removes(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)
    api.call("PATCH", "/me", {"metadata": {"a": 1, "b": {"deep": [True]}}})

    changed = api.call("PATCH", "/me", {"metadata": {"a": None, "c": "x"}}).json()

    assert changed["metadata"] == {"b": {"deep": [True]}, "c": "x"}


def test_a_new_name_is_told_and_a_new_theme_is_not(alice: User, told: list[Any]) -> None:
    update_profile(actor=alice, theme="light")
    update_profile(actor=alice, name="Alice M.")

    assert [name for name, _ in told] == ["user_changed"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": 7}, "name"),
        ({"theme": "pink"}, "theme"),
        ({"username": "With Space"}, "username"),
        ({"username": "bob\n!"}, "username"),
        ({"metadata": []}, "metadata"),
        ({"metadata": {"big": "x" * 20_000}}, "metadata"),
    ],
)
def test_bad_input_is_named(api_for: ApiFor, alice: User, body: Any, field: str) -> None:
    response = api_for(alice).call("PATCH", "/me", body)

    assert (response.status_code, response.json()["errors"][0]["loc"]) == (422, ["body", field])


def test_a_username_of_somebody_else_is_refused(api_for: ApiFor, alice: User, bob: User) -> None:
    response = api_for(alice).call("PATCH", "/me", {"username": "bob"})

    assert (response.status_code, response.json()["code"]) == (409, "taken")


FIXED = {field.name for field in User._meta.get_fields()} - {"name", "username", "theme", "metadata"}


@pytest.mark.parametrize("field", sorted(FIXED))
def test_no_other_field_can_be_assigned(api_for: ApiFor, alice: User, field: str) -> None:
    before = User.objects.filter(pk=alice.pk).values().get()

    api_for(alice).call("PATCH", "/me", {field: "1"})

    assert User.objects.filter(pk=alice.pk).values().get() | {"updated_at": 0} == before | {"updated_at": 0}


@pytest.fixture
def dana(db: None) -> User:
    return make_user("Dana", password=PASSWORD)


def change_password(client: Client | ApiClient, current: str = PASSWORD, new: str = NEW_PASSWORD) -> Any:
    body = {"current_password": current, "new_password": new}
    return client.post("/api/v1/me/password", body, content_type="application/json")


def test_a_new_password_signs_out_everywhere_else(
    api_for: ApiFor, client_for: ClientFor, dana: User, told: list[Any]
) -> None:
    here, other, browser = api_for(dana), api_for(dana), client_for(dana)

    assert change_password(here).status_code == 204

    assert here.call("GET", "/me").status_code == 200
    assert other.call("GET", "/me").status_code == 401
    assert browser.get("/api/v1/me").status_code == 401
    assert {key.partition(":")[0] for _, details in told for key in details["keys"]} == {"session", "token"}
    dana.refresh_from_db()
    assert dana.check_password(NEW_PASSWORD)


def test_the_browser_that_changes_the_password_stays_signed_in(
    api_for: ApiFor, client_for: ClientFor, dana: User
) -> None:
    here, other = client_for(dana), client_for(dana)
    place = here.session.public_id

    assert change_password(here).status_code == 204

    assert here.get("/api/v1/me").status_code == 200
    assert here.session.public_id == place
    assert other.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", NEW_PASSWORD, "current_password"), (PASSWORD, "short", "new_password"), (PASSWORD, "", "new_password")],
)
def test_a_bad_change_of_password_changes_nothing(
    api_for: ApiFor, dana: User, current: str, new: str, field: str
) -> None:
    response = change_password(api_for(dana), current, new)

    assert (response.status_code, response.json()["errors"][0]["loc"]) == (422, ["body", field])
    dana.refresh_from_db()
    assert dana.check_password(PASSWORD)
