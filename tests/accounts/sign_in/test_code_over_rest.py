"""The code of a second factor over REST: it comes along with the password."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.tokens.services.issue import issue_tokens
from tests.accounts.steps import (
    CODE,
    Enrolled,
    attempts_kept,
    by_password,
    by_token,
    code_of,
    enrol,
    is_outside,
    wrong_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_sign_ins")]


def test_a_token_takes_a_code(client: Client, dana: User, app: Enrolled) -> None:
    asked = ({}, {"otp": ""}, {"otp": wrong_code(app.secret)})
    answers = [by_token(client, dana, **otp) for otp in asked]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (401, "otp_required"),
        (401, "otp_required"),
        (401, "otp_invalid"),
    ]
    assert by_token(client, dana, otp=code_of(app.secret)).json()["token_type"] == "Bearer"
    assert by_token(client, dana, otp=code_of(app.secret)).json()["code"] == "otp_invalid"


def test_a_recovery_code_gets_one_token(client: Client, dana: User, app: Enrolled) -> None:
    answers = [by_token(client, dana, otp=app.recovery_codes[0]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 401]
    assert "none of your recovery codes" in answers[1].json()["detail"]


def test_a_wrong_password_tells_nothing_of_the_code(client: Client, dana: User, app: Enrolled) -> None:
    body = {"email": dana.email, "password": "wrong", "otp": code_of(app.secret)}

    answer = client.post("/api/v1/auth/token", body, "application/json")

    assert (answer.status_code, answer.json()["code"]) == (401, "bad_credentials")
    assert by_token(client, dana, otp=code_of(app.secret)).status_code == 200


def test_strangers_do_not_use_up_the_owners_codes(client: Client, dana: User, app: Enrolled) -> None:
    for _ in range(12):
        body = {"email": dana.email, "password": "wrong", "otp": wrong_code(app.secret)}
        client.post("/api/v1/auth/token", body, "application/json", REMOTE_ADDR="203.0.113.9")

    assert by_token(client, dana, otp=code_of(app.secret)).status_code == 200


def test_a_right_password_without_its_code_is_no_wrong_password(client: Client, dana: User, app: Enrolled) -> None:
    answers = [by_token(client, dana).json()["code"] for _ in range(12)]

    assert set(answers) == {"otp_required"}


def test_tokens_from_before_enrolling_are_dead(client: Client, dana: User) -> None:
    pair = issue_tokens(user=dana)
    enrol(dana)

    refreshed = client.post("/api/v1/auth/token/refresh", {"refresh_token": pair.refresh_token}, "application/json")
    used = client.get("/api/v1/me", headers={"Authorization": f"Bearer {pair.access_token}"})

    assert (refreshed.status_code, used.status_code) == (401, 401)


@pytest.mark.parametrize("otp", [123456, None, ["123456"], "x" * 65, "1\x0023456"])
def test_misshapen_codes_are_refused_or_asked_for_again(otp: Any, client: Client, dana: User, app: Enrolled) -> None:
    assert by_token(client, dana, otp=otp).status_code == (401 if otp is None else 422)


def test_guesses_count_together_over_all_ways(client: Client, dana: User, app: Enrolled) -> None:
    by_password(client, dana)
    for _ in range(5):
        client.post(CODE, {"otp": wrong_code(app.secret)})
        by_token(client, dana, otp=wrong_code(app.secret))

    assert by_token(client, dana, otp=code_of(app.secret)).status_code == 429
    assert "Too many attempts" in client.post(CODE, {"otp": code_of(app.secret)}).content.decode()
    assert is_outside(client)


def test_code_steps_are_kept_over_rest(client: Client, dana: User, app: Enrolled) -> None:
    by_token(client, dana)
    by_token(client, dana, otp=wrong_code(app.secret))
    by_token(client, dana, otp=code_of(app.secret))

    assert attempts_kept() == [
        ("token", "failure", "otp_required"),
        ("token", "failure", "otp_invalid"),
        ("token", "success", ""),
    ]
