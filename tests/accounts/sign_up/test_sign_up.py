"""Joining over REST."""

import orjson
import pytest
from django.core import mail
from pytest_django import Settings

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.invitations import create_invitation
from lib.rate_limit import RateLimit
from tests.conftest import ApiFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

DANA = {"email": "Dana@Halyard.example ", "password": PASSWORD, "name": "Dana  Ruiz"}


def test_a_stranger_signs_up_and_signs_in(api_for: ApiFor, alice: User) -> None:
    made = api_for(None).call("POST", "/auth/signup", DANA)
    signed_in = api_for(None).call("POST", "/auth/token", {"email": "dana@halyard.example", "password": PASSWORD})

    assert made.status_code == 201
    assert made.json() | {"id": None, "created_at": None} == {
        "id": None,
        "email": "dana@halyard.example",
        "username": "dana-ruiz",
        "name": "Dana Ruiz",
        "kind": "human",
        "avatar_url": None,
        "presence": "offline",
        "status": None,
        "role": "user",
        "theme": "system",
        "language": "",
        "time_zone": None,
        "availability": "auto",
        "metadata": {},
        "email_verified": False,
        "created_at": None,
    }
    assert signed_in.status_code == 200


def test_signing_up_asks_to_confirm_the_address(api_for: ApiFor) -> None:
    api_for(None).call("POST", "/auth/signup", DANA)

    assert [message.to for message in mail.outbox] == [["dana@halyard.example"]]


def test_a_username_is_made_from_the_name_until_one_is_free(api_for: ApiFor) -> None:
    make_user("Dana Ruiz", username="dana-ruiz", email="first@halyard.example")

    assert api_for(None).call("POST", "/auth/signup", DANA).json()["username"] == "dana-ruiz-2"


def test_a_namesake_who_comes_at_the_same_moment_is_no_obstacle(
    api_for: ApiFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hash_slowly(password: str) -> str:
        make_user("Dana Ruiz", username="dana-ruiz", email="first@halyard.example")
        return "!"

    monkeypatch.setattr("accounts.sign_up.services.make_password", hash_slowly)

    assert api_for(None).call("POST", "/auth/signup", DANA).json()["username"] == "dana-ruiz-2"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a" * 300 + "@halyard.example"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "bell\u0007"}, "name"),
        ({"username": "Not Allowed"}, "username"),
        ({"username": "x" * 41}, "username"),
    ],
)
def test_bad_input_is_named(api_for: ApiFor, change: dict[str, str], field: str) -> None:
    response = api_for(None).call("POST", "/auth/signup", DANA | change)

    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["body", field]
    assert not User.objects.exists()


def test_an_address_signs_up_once(api_for: ApiFor) -> None:
    api_for(None).call("POST", "/auth/signup", DANA)

    again = api_for(None).call("POST", "/auth/signup", DANA | {"email": "DANA@halyard.example"})

    assert (again.status_code, again.json()["errors"][0]["loc"]) == (409, ["body", "email"])


def test_a_username_is_taken_in_any_case(api_for: ApiFor) -> None:
    make_user("Bob", username="BOB")

    response = api_for(None).call("POST", "/auth/signup", DANA | {"username": "bob"})

    assert (response.status_code, response.json()["errors"][0]["loc"]) == (409, ["body", "username"])


def test_nobody_makes_themselves_an_administrator(api_for: ApiFor, alice: User) -> None:
    response = api_for(None).call("POST", "/auth/signup", DANA | {"role": "admin", "is_staff": True, "id": "0" * 32})

    user = User.objects.exclude(pk=alice.pk).get()
    assert response.json()["role"] == "user"
    assert (user.role, user.is_staff, user.is_superuser) == ("user", False, False)


def test_an_invitation_makes_a_member_at_once(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    invitation = create_invitation(actor=alice, slug="halyard", role="guest")

    response = api_for(None).call("POST", "/auth/signup", DANA | {"invitation": invitation.token})

    assert response.status_code == 201
    assert Membership.objects.get(user__email="dana@halyard.example").role == "guest"


def test_by_invitation_only_strangers_stay_out(
    api_for: ApiFor, alice: User, halyard: Organisation, settings: Settings
) -> None:
    settings.SIGNUP = "invite"
    token = create_invitation(actor=alice, slug="halyard").token

    without = api_for(None).call("POST", "/auth/signup", DANA)
    made_up = api_for(None).call("POST", "/auth/signup", DANA | {"invitation": "made-up"})
    invited = api_for(None).call("POST", "/auth/signup", DANA | {"invitation": token})

    assert [without.status_code, made_up.status_code, invited.status_code] == [403, 404, 201]


def test_signing_up_is_throttled_per_client(
    api_for: ApiFor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.sign_up.api.SIGN_UPS", RateLimit("sign-ups-test", attempts=2, seconds=3600))

    statuses = [api_for(None).call("POST", "/auth/signup", DANA).status_code for _ in range(3)]

    assert statuses == [201, 409, 429]


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/auth/signup", "sign_up.api.SIGN_UPS"),
        ("/auth/token", "sign_in.api.SIGN_INS"),
        ("/auth/password-check", "passwords.api.PASSWORD_CHECKS"),
    ],
)
def test_a_network_of_many_addresses_is_one_client(
    api_for: ApiFor,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    counted: str,
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr(f"accounts.{counted}", RateLimit(f"{counted}-test-6", attempts=2, seconds=3600))

    answers = [
        api_for(None).generic("POST", f"/api/v1{path}", orjson.dumps(DANA), "application/json", REMOTE_ADDR=address)
        for address in ("2001:db8:7::1", "2001:db8:7::2", "2001:db8:7::3")
    ]

    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
