"""The second factor over REST."""

from typing import Any

import pytest

from accounts.models import Organisation, User
from accounts.session_store import SessionStore
from tests.accounts.steps import code_of, enrol, wrong_code
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

BODIES = [
    ("POST", "/me/two-factor/confirm"),
    ("POST", "/me/two-factor/recovery-codes"),
    ("DELETE", "/me/two-factor"),
]


def test_from_nothing_to_on_and_off_again(dana: User, api_for: ApiFor) -> None:
    client = api_for(dana)
    off = {"enabled": False, "confirmed_at": None, "recovery_codes_left": 0, "required_by": [], "methods": []}
    assert client.call("GET", "/me/two-factor").json() == off

    begun = client.call("POST", "/me/two-factor")
    assert (begun.status_code, begun["Cache-Control"]) == (200, "no-store")
    secret = begun.json()["secret"]
    assert f"secret={secret}" in begun.json()["otpauth_url"]

    confirmed = client.call("POST", "/me/two-factor/confirm", {"otp": code_of(secret)})
    assert (confirmed.status_code, confirmed["Cache-Control"]) == (200, "no-store")
    assert len(confirmed.json()["recovery_codes"]) == 10
    status = client.call("GET", "/me/two-factor").json()
    on = {"enabled": True, "recovery_codes_left": 10, "methods": ["app", "recovery_code"]}
    assert status == off | on | {"confirmed_at": status["confirmed_at"]}

    renewed = client.call("POST", "/me/two-factor/recovery-codes", {"otp": confirmed.json()["recovery_codes"][0]})
    assert (renewed.status_code, renewed["Cache-Control"]) == (200, "no-store")
    last = renewed.json()["recovery_codes"][0]

    assert client.call("DELETE", "/me/two-factor", {"otp": last, "password": PASSWORD}).status_code == 204
    assert client.call("GET", "/me/two-factor").json() == off


def test_confirming_keeps_this_client_and_ends_the_others(dana: User, api_for: ApiFor, client_for: ClientFor) -> None:
    here, other, browser = api_for(dana), api_for(dana), client_for(dana)
    secret = here.call("POST", "/me/two-factor").json()["secret"]

    here.call("POST", "/me/two-factor/confirm", {"otp": code_of(secret)})

    answers = [here.call("GET", "/me"), other.call("GET", "/me"), browser.get("/api/v1/me")]
    assert [answer.status_code for answer in answers] == [200, 401, 401]


def test_confirming_in_a_browser_gives_its_session_a_new_key(dana: User, client_for: ClientFor) -> None:
    browser = client_for(dana)
    key, public_id = browser.session.session_key, browser.session.public_id
    secret = browser.post("/api/v1/me/two-factor").json()["secret"]

    browser.post("/api/v1/me/two-factor/confirm", {"otp": code_of(secret)}, "application/json")

    assert browser.get("/api/v1/me").status_code == 200
    assert browser.session.public_id == public_id
    assert not SessionStore().exists(key)


def test_wrong_codes_are_invalid(dana: User, api_for: ApiFor) -> None:
    app = enrol(dana)
    client, wrong = api_for(dana), {"otp": wrong_code(app.secret), "password": PASSWORD}

    answers = [client.call(method, path, wrong) for method, path in BODIES[1:]]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(answer.json()["errors"][0]["loc"] == ["body", "otp"] for answer in answers)


def test_a_code_turns_it_off_unless_a_wrong_password_comes_with_it(dana: User, api_for: ApiFor) -> None:
    app = enrol(dana)
    client = api_for(dana)

    refused = client.call("DELETE", "/me/two-factor", {"otp": code_of(app.secret), "password": "wrong"})
    done = client.call("DELETE", "/me/two-factor", {"otp": code_of(app.secret)})

    assert (refused.status_code, refused.json()["errors"][0]["loc"]) == (422, ["body", "password"])
    assert done.status_code == 204


def test_guesses_run_out(dana: User, api_for: ApiFor) -> None:
    app = enrol(dana)
    client, wrong = api_for(dana), {"otp": wrong_code(app.secret)}

    answers = [client.call("POST", "/me/two-factor/recovery-codes", wrong) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 14 * 60


def test_what_contradicts_how_it_stands_is_a_conflict(dana: User, api_for: ApiFor) -> None:
    client = api_for(dana)
    body = {"otp": "123456", "password": PASSWORD}
    codes = [client.call(method, path, body).json()["code"] for method, path in BODIES]
    assert codes == ["second_factor_not_begun", "second_factor_off", "second_factor_off"]

    enrol(dana)
    again = api_for(dana).call("POST", "/me/two-factor")
    assert (again.status_code, again.json()["code"]) == (409, "second_factor_on")


@pytest.mark.parametrize(("method", "path"), [("GET", "/me/two-factor"), ("POST", "/me/two-factor"), *BODIES])
def test_nobody_has_none(method: str, path: str, api_for: ApiFor) -> None:
    assert api_for(None).call(method, path, {"otp": "123456"}).status_code == 401


@pytest.mark.parametrize(("method", "path"), BODIES)
@pytest.mark.parametrize("otp", [None, 123456, True, ["123456"], {"a": 1}, "x" * 65, "12\x003456"])
def test_misshapen_codes_are_invalid(otp: Any, method: str, path: str, dana: User, api_for: ApiFor) -> None:
    enrol(dana)

    answer = api_for(dana).call(method, path, {"otp": otp})

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_a_code_is_needed(method: str, path: str, dana: User, api_for: ApiFor) -> None:
    assert api_for(dana).call(method, path, {}).status_code == 422


def test_an_organisation_asks_its_members(
    alice: User, bob: User, charlie: User, halyard: Organisation, api_for: ApiFor
) -> None:
    enrol(alice)
    owner, member, stranger = api_for(alice), api_for(bob), api_for(charlie)
    asked = {"requires_second_factor": True}

    assert member.call("PATCH", "/orgs/halyard", asked).status_code == 403
    assert stranger.call("PATCH", "/orgs/halyard", asked).status_code == 404
    answer = owner.call("PATCH", "/orgs/halyard", asked)

    assert answer.status_code == 200
    assert answer.json() | asked | {"name": "Halyard"} == answer.json()
    assert owner.call("GET", "/me/two-factor").json()["required_by"] == ["Halyard"]
    assert owner.call("DELETE", "/me/two-factor", {"otp": "123456", "password": PASSWORD}).status_code == 403
    assert User.objects.get(pk=bob.pk).second_factor_due


@pytest.mark.parametrize("value", [None, "yes", 1, []])
def test_whether_it_asks_is_yes_or_no(value: Any, alice: User, halyard: Organisation, api_for: ApiFor) -> None:
    answer = api_for(alice).call("PATCH", "/orgs/halyard", {"requires_second_factor": value})

    assert answer.status_code == 422


def test_changing_nothing_is_fine(alice: User, halyard: Organisation, api_for: ApiFor) -> None:
    assert api_for(alice).call("PATCH", "/orgs/halyard", {}).json()["name"] == "Halyard"
