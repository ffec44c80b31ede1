"""What a person's clients keep with them: merged by key in the statement that stores it."""

import threading
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.profiles.services.profile import MAX_METADATA, update_profile
from tests.conftest import ApiFor

KEYS = {"plain": 1, "é": "ü", 'quo"te': [1, {"deep": None}], "a.b": {"c": 1}, "back\\slash": True, "": 0.1, "{}": "}"}


def keep(user: User, **metadata: Any) -> Any:
    return update_profile(actor=user, metadata=metadata).metadata


@pytest.mark.django_db
def test_any_key_comes_and_goes(alice: User) -> None:
    assert keep(alice, **KEYS) == KEYS
    assert keep(alice, plain=None) == {key: value for key, value in KEYS.items() if key != "plain"}
    assert keep(alice, **dict.fromkeys(KEYS)) == {}
    assert keep(alice) == {}


@pytest.mark.django_db
def test_a_key_gets_its_new_value_whole(alice: User) -> None:
    keep(alice, view={"width": 1, "open": True}, other={"x": None})

    assert keep(alice, view={"open": None}) == {"view": {"open": None}, "other": {"x": None}}


@pytest.mark.django_db
def test_it_is_one_statement(alice: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4) as asked:  # savepoint, update, what it is now, release
        keep(alice, a=1)

    assert sum(query["sql"].startswith("UPDATE") for query in asked.captured_queries) == 1


@pytest.mark.django_db
def test_together_it_stays_within_its_bound(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)
    api.call("PATCH", "/me", {"metadata": {"a": "x" * (MAX_METADATA - 100)}})

    answer = api.call("PATCH", "/me", {"name": "Alice M.", "metadata": {"b": "x" * 100}})

    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body", "metadata"])
    alice.refresh_from_db()
    assert (list(alice.metadata), alice.name) == (["a"], "Alice")


@pytest.mark.django_db(transaction=True)
def test_parallel_changes_of_different_keys_all_survive(alice: User) -> None:
    ready = threading.Barrier(6)

    def change(number: int) -> None:
        try:
            ready.wait()
            for step in range(3):
                keep(alice, **{f"key-{number}": step, "shared": None})
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert User.objects.get(pk=alice.pk).metadata == {f"key-{number}": 2 for number in range(6)}
