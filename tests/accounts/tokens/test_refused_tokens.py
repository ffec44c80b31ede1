"""Which tokens for scripts are not made."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from accounts.models import TokenFamily, User
from accounts.tokens.services.personal import MAX_TOKENS, create_token, revoke_token
from tests.accounts.tokens.making import SCRIPT, make_token
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("DELETE", "/00000000-0000-0000-0000-000000000001")]
)
def test_anonymous_people_are_refused(api_for: ApiFor, db: None, method: str, path: str) -> None:
    assert api_for(None).call(method, f"/me/tokens{path}", SCRIPT if method == "POST" else None).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"scopes": ["account:read"]},
        SCRIPT | {"name": ""},
        SCRIPT | {"name": "\u200b"},
        SCRIPT | {"name": "a\0b"},
        SCRIPT | {"name": "Bell\u0007"},
        SCRIPT | {"name": "x" * 81},
        SCRIPT | {"name": 7},
        SCRIPT | {"scopes": []},
        SCRIPT | {"scopes": "account:read"},
        SCRIPT | {"scopes": ["account"]},
        SCRIPT | {"scopes": ["account:fly"]},
        SCRIPT | {"scopes": ["weather:read"]},
        SCRIPT | {"scopes": ["account:read", "account:read\0"]},
        SCRIPT | {"scopes": ["x" * 61]},
        SCRIPT | {"scopes": [None]},
        SCRIPT | {"scopes": ["account:read"] * 101},
        SCRIPT | {"expires_at": "2001-01-01T00:00:00Z"},
        SCRIPT | {"expires_at": "2101-01-01T00:00:00Z"},
        SCRIPT | {"expires_at": "9999-12-31T23:59:59-12:00"},
        SCRIPT | {"expires_at": "0001-01-01T00:00:00"},
        SCRIPT | {"expires_at": "tomorrow"},
        SCRIPT | {"expires_at": []},
    ],
)
def test_what_makes_no_sense_is_refused(api_for: ApiFor, alice: User, body: Any) -> None:
    answer = api_for(alice).call("POST", "/me/tokens", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][0] == "body"
    assert TokenFamily.objects.filter(kind="personal").count() == 0


def test_names_are_cleaned(alice: User) -> None:
    made = create_token(actor=alice, name=" Deploy\u200b  script ", scopes=["rooms:read"])

    assert made.family.name == "Deploy script"


def test_nobody_has_more_than_fifty(api_for: ApiFor, alice: User, bob: User) -> None:
    ids = [create_token(actor=alice, **SCRIPT).family.pk for _ in range(MAX_TOKENS)]

    refused = make_token(api_for(alice))

    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_tokens")
    revoke_token(actor=alice, token_id=ids[0])
    assert make_token(api_for(alice)).status_code == 201
    assert make_token(api_for(bob)).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_nobody_has_more_when_many_are_made_at_once(api_for: ApiFor, alice: User) -> None:
    for _ in range(MAX_TOKENS - 2):
        create_token(actor=alice, **SCRIPT)
    api = api_for(alice)

    def attempt(_: int) -> int:
        try:
            return make_token(api).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(attempt, range(8)))

    assert statuses == [201] * 2 + [409] * 6
