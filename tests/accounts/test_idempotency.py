"""A POST repeated with its Idempotency-Key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import IdempotencyKey, Invitation, Organisation, TokenFamily, User
from tests.conftest import ApiClient, ApiFor
from tests.factories import PASSWORD, make_room, make_user

pytestmark = pytest.mark.django_db

KEY = "7f0c2a52-create-harbour"


def create(api: ApiClient, name: str = "Harbour", key: str = KEY, path: str = "/orgs") -> Any:
    return api.call("POST", path, {"name": name}, **{"Idempotency-Key": key})


def test_the_second_answer_is_the_first(api_for: ApiFor, alice: User) -> None:
    first, second = create(api_for(alice)), create(api_for(alice))

    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert second["Idempotent-Replayed"] == "true"
    assert Organisation.objects.count() == 1


def test_the_same_key_for_another_body_is_a_conflict(api_for: ApiFor, alice: User) -> None:
    create(api_for(alice))

    response = create(api_for(alice), name="Other")

    assert (response.status_code, response.json()["code"]) == (409, "idempotency_key_reused")
    assert Organisation.objects.count() == 1


def test_the_same_key_and_body_for_another_room_are_another_request(
    api_for: ApiFor, alice: User, halyard: Organisation
) -> None:
    api, body, key = api_for(alice), {"content": "Tea?"}, {"Idempotency-Key": KEY}
    rooms = [make_room(halyard, name, admin=alice).pk for name in ("design", "kitchen")]

    first, other = (api.call("POST", f"/rooms/{room}/messages", body, **key) for room in rooms)

    assert first.status_code == 201
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert api.call("POST", f"/rooms/{rooms[0]}/messages?x=1", body, **key).status_code == 409
    assert api.call("POST", f"/rooms/{rooms[0]}/messages", body, **key).content == first.content


def test_the_same_key_for_another_operation_is_a_conflict(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    api, room = api_for(alice), make_room(halyard, admin=alice)

    assert api.call("POST", f"/rooms/{room.pk}/archive", **{"Idempotency-Key": KEY}).status_code == 200
    assert api.call("POST", f"/rooms/{room.pk}/unarchive", **{"Idempotency-Key": KEY}).status_code == 409


def test_keys_of_two_people_never_meet(api_for: ApiFor, alice: User, bob: User) -> None:
    assert create(api_for(alice)).json()["slug"] == "harbour"
    assert create(api_for(bob)).json()["slug"] == "harbour-2"


def test_a_failure_is_not_kept(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)

    assert create(api, name="").status_code == 422
    assert create(api, name="Harbour").status_code == 201


def test_a_token_that_ended_gets_no_stored_answer(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)
    create(api)
    TokenFamily.objects.update(revoked_at=timezone.now())

    assert create(api).status_code == 401


def test_strangers_can_repeat_a_sign_up(api_for: ApiFor, db: None) -> None:
    body = {"email": "dana@halyard.example", "password": PASSWORD, "name": "Dana"}

    statuses = {
        api_for(None).call("POST", "/auth/signup", body, **{"Idempotency-Key": KEY}).status_code for _ in range(2)
    }

    assert statuses == {201}


def test_fresh_tokens_are_never_kept(api_for: ApiFor, db: None) -> None:
    make_user("Dana", password=PASSWORD)
    body = {"email": "dana@halyard.example", "password": PASSWORD}

    pairs = [
        api_for(None).call("POST", "/auth/token", body, **{"Idempotency-Key": KEY}).json()["access_token"]
        for _ in range(2)
    ]

    assert pairs[0] != pairs[1]
    assert not IdempotencyKey.objects.exists()


def test_the_database_reveals_no_stored_answer(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    made = api_for(alice).call("POST", "/orgs/halyard/invitations", {}, **{"Idempotency-Key": KEY}).json()

    row = IdempotencyKey.objects.values().get()
    assert made["token"].encode() not in bytes(row["answer"])
    assert KEY not in str(row)


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_keys_are_bounded(api_for: ApiFor, alice: User, key: str) -> None:
    assert create(api_for(alice), key=key).status_code == 422


def test_a_claim_in_progress_is_waited_for_and_then_refused(
    api_for: ApiFor, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.idempotency.MAX_WAIT_SECONDS", 0.1)
    api = api_for(alice)
    create(api)
    IdempotencyKey.objects.update(status=None)

    response = create(api)

    assert (response.status_code, response.json()["code"]) == (409, "in_progress")


def test_a_claim_of_a_process_that_died_is_taken_over(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)
    create(api)
    IdempotencyKey.objects.update(status=None, created_at=timezone.now() - timedelta(minutes=2))

    assert create(api).json()["slug"] == "harbour-2"


def test_an_answer_is_forgotten_after_a_day(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)
    create(api)
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))

    assert create(api).json()["slug"] == "harbour-2"


@pytest.mark.django_db(transaction=True)
def test_simultaneous_repeats_create_one(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    api_headers = api_for(alice).defaults

    def post(_: int) -> Any:
        try:
            client = api_for(None)
            client.defaults = api_headers
            return client.call("POST", "/orgs/halyard/invitations", {"role": "guest"}, **{"Idempotency-Key": KEY})
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        responses = list(threads.map(post, range(30)))

    assert {response.status_code for response in responses} == {201}
    assert len({response.content for response in responses}) == 1
    assert Invitation.objects.count() == 1
