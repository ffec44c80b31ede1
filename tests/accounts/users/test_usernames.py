"""Usernames that can't be mentioned, or mean everybody, are refused at every door; those from before keep working."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import User
from accounts.profiles.services.profile import update_profile
from accounts.sign_up.services import suggest_username
from lib.text.usernames import RESERVED, validate_username
from tests.accounts.steps import enrol
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unthrottled")]

REFUSED = ["bob.", "bob-", "bob_", "all", "here", "channel", "everyone", "room", "admin"]
NEWCOMER = {"email": "dana@halyard.example", "name": "Dana", "password": PASSWORD}


@pytest.fixture
def dot(db: None) -> User:
    """A user whose username is older than the rules."""
    return make_user("Dot", username="dot.", password=PASSWORD)


@pytest.mark.parametrize(
    "username", [*REFUSED, "bob..", "b-_.", "-bob", ".bob", "", "bøb", "bob\n", "everybody", "alle"]
)
def test_what_cannot_be_mentioned_is_no_username(username: str) -> None:
    with pytest.raises(ValidationError):
        validate_username(username)


@pytest.mark.parametrize("username", ["b", "1", "bob", "bob.smith", "bob-2", "bob_b", "allan", "admin2", "room-7"])
def test_other_usernames_are_taken(username: str) -> None:
    validate_username(username)


def test_the_refusal_says_why() -> None:
    with pytest.raises(ValidationError, match="ends with a letter or a digit"):
        validate_username("bob.")
    with pytest.raises(ValidationError, match="meaning of its own"):
        validate_username("everyone")
    with translation.override("de"), pytest.raises(ValidationError, match="Bedeutung"):
        validate_username("everyone")


@pytest.mark.parametrize("username", REFUSED)
def test_rest_refuses_them(api_for: ApiFor, alice: User, bob: User, root: User, username: str) -> None:
    root_api = api_for(root)
    answers = [
        api_for(None).call("POST", "/auth/signup", NEWCOMER | {"username": username}),
        api_for(alice).call("PATCH", "/me", {"username": username}),
        root_api.call("POST", "/admin/users", NEWCOMER | {"username": username}),
        root_api.call("PATCH", f"/admin/users/{bob.pk}", {"username": username}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all(answer.json()["errors"][0]["loc"][-1] == "username" for answer in answers)


def test_forms_refuse_them(client_for: ClientFor, alice: User, bob: User, root: User) -> None:
    enrol(root)
    form = NEWCOMER | {"username": "admin", "role": "user"}
    in_admin = form | {"password1": PASSWORD, "password2": PASSWORD}

    assert client_for(alice).post("/settings/", {"name": "Alice", "username": "alice."}).status_code == 422
    assert client_for(root).post("/administration/users/new/", form).status_code == 422
    assert client_for(root).post(f"/administration/users/{bob.pk}/", form).status_code == 422
    assert client_for(root).post("/admin/accounts/user/add/", in_admin).status_code == 200
    assert not User.objects.filter(username__in=["admin", "alice."]).exists()


def test_the_command_for_superusers_refuses_them() -> None:
    with pytest.raises(CommandError, match="meaning of its own"):
        call_command("createsuperuser", username="admin", email="r@halyard.example", name="Ria", interactive=False)


@pytest.mark.parametrize("name", ["Admin", "All", "everyone", "Channel", "Bob.", "_-_", "Alle", "Room@x.example"])
def test_none_is_made_from_a_name(name: str) -> None:
    username = suggest_username(name)

    validate_username(username)
    assert username not in RESERVED


def test_one_from_before_keeps_working(api_for: ApiFor, client_for: ClientFor, root: User, dot: User) -> None:
    assert api_for(dot).call("PATCH", "/me", {"theme": "dark", "username": "dot."}).status_code == 200
    assert client_for(dot).post("/settings/", {"name": "Dorothy", "username": "dot."}).status_code == 302
    assert api_for(root).call("PATCH", f"/admin/users/{dot.pk}", {"name": "Dot", "username": "dot."}).status_code == 200
    dot.refresh_from_db()
    assert (dot.name, dot.username) == ("Dot", "dot.")


def test_its_user_is_told_until_it_is_changed(client_for: ClientFor, dot: User, alice: User) -> None:
    words = b"Nobody can mention you as @dot."
    browser = client_for(dot)
    assert words in browser.get("/settings/").content
    assert b"Nobody can mention you" not in client_for(alice).get("/settings/").content

    update_profile(actor=dot, username="dot")

    assert words not in browser.get("/settings/").content
