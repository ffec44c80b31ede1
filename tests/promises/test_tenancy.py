"""To whoever has no business in an organisation, nothing of it exists: not over REST, by any way of asking."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.scopes import list_scopes
from accounts.tokens.services.personal import create_token
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.database import watch_rows
from tests.promises.cases import CASES, Case
from tests.promises.named_rows import IN_BODIES, IN_QUERIES, NAMES, NOT_LOOKED_UP
from tests.promises.operations import OPERATIONS, Operation, encode_body, is_id
from tests.promises.world import World, made_up

WITH_IDS = {name: operation for name, operation in OPERATIONS.items() if operation.ids}
CLOSED = {name: operation for name, operation in WITH_IDS.items() if name in CASES and not CASES[name].by_link}


def ask(asker: Client | ApiClient, operation: Operation, address: str, body: Any = None) -> tuple[int, bytes]:
    """The status and the whole answer."""
    answer = asker.generic(operation.method, f"/api/v1{address}", **encode_body(body))
    return answer.status_code, answer.getvalue()


@pytest.fixture
def asker(world: World, api_for: ApiFor, client_for: ClientFor) -> Callable[..., Any]:
    """Somebody at REST, by one of the ways there are."""

    def by(who: User | None, way: str) -> Client | ApiClient:
        if who is None:
            return ApiClient()
        if way == "token":
            return api_for(who)
        if way == "cookie":
            return client_for(who)
        token = create_token(actor=who, name="Script", scopes=list_scopes()).token
        return ApiClient(headers={"Authorization": f"Bearer {token}"})

    return by


def test_each_operation_with_an_id_has_a_case() -> None:
    assert set(CASES) == set(WITH_IDS), "Add a line to tests/promises/cases.py for each new operation."


def test_each_case_works_for_who_may(world: World, asker: Callable[..., Any]) -> None:
    alice, failures = asker(world.alice, "token"), {}
    for name, operation in WITH_IDS.items():
        case = CASES[name]
        address = case.address(operation, case.named(operation, world.ids))
        with transaction.atomic():
            status, content = ask(alice, operation, address, case.body_of(operation, world.ids))
            transaction.set_rollback(True)
        if not 200 <= status < 300:
            failures[name] = status, content

    assert failures == {}


@pytest.mark.parametrize(
    ("who", "way", "status"),
    [
        (None, "", 401),
        ("charlie", "token", 404),
        ("charlie", "cookie", 404),
        ("charlie", "personal token", 404),
        ("dana", "token", 404),
        ("dana", "cookie", 404),
    ],
)
def test_what_is_there_is_like_what_is_not(
    world: World, asker: Callable[..., Any], who: str | None, way: str, status: int
) -> None:
    stranger, failures = asker(who and getattr(world, who), way), {}
    stranger.get("/api/v1/me")
    has_changed = watch_rows()
    for name, operation in CLOSED.items():
        case = CASES[name]
        there = case.named(operation, world.ids)
        nowhere = {param: made_up(param, value) for param, value in there.items()}
        # What no personal token may ask for is refused before anybody looks for it.
        expected = 403 if way == "personal token" and operation.scope is None else status
        problem = _find_difference(partial(ask, stranger, operation), case, there, nowhere, world.ids, expected)
        problem = problem or (has_changed() and "something changed")
        if problem:
            failures[name] = problem

    assert failures == {}


def test_what_is_there_is_not_found_through_ones_own(world: World, asker: Callable[..., Any]) -> None:
    """An id of Halyard beneath a path that leads through Charlie's own organisation or room."""
    charlie, failures = asker(world.charlie, "token"), {}
    has_changed = watch_rows()
    for name, operation in CLOSED.items():
        case = CASES[name]
        there, own = case.named(operation, world.ids), case.named(operation, world.own)
        first, *others = [param for param in operation.ids if made_up(param, "") != ""]
        if not others:
            continue
        crossed = there | {first: own[first]}
        nowhere = crossed | {param: made_up(param, there[param]) for param in others}
        problem = _find_difference(partial(ask, charlie, operation), case, crossed, nowhere, world.ids, 404)
        if problem or has_changed():
            failures[name] = problem or "something changed"

    assert failures == {}


def _find_difference(
    ask: Callable[..., Any],
    case: Case,
    there: dict[str, str],
    nowhere: dict[str, str],
    ids: dict[str, str],
    expected: int,
) -> tuple[tuple[int, str], tuple[int, str]] | None:
    operation = ask.args[1]
    body = case.body_of(operation, ids)
    real = ask(case.address(operation, there), body)
    unreal = ask(case.address(operation, nowhere), body)
    return (real, unreal) if real != unreal or real[0] != expected else None


def test_each_id_in_a_body_has_a_case() -> None:
    found = {
        (name, field)
        for name, operation in OPERATIONS.items()
        for field, shape in operation.fields.items()
        if is_id(shape)
    }

    assert found == set(IN_BODIES) | NOT_LOOKED_UP, "Add a line to IN_BODIES for each new id in a body."


def test_ids_of_others_in_bodies_are_refused_like_missing_ones(world: World, asker: Callable[..., Any]) -> None:
    charlie, failures = asker(world.charlie, "token"), {}
    has_changed = watch_rows()
    for (name, field), body in IN_BODIES.items():
        operation, case = OPERATIONS[name], CASES[name]
        address = case.address(operation, case.named(operation, world.own))
        id_name = NAMES.get(field, field)
        real, unreal = (ask(charlie, operation, address, body(one)) for one in (world.ids[id_name], str(uuid4())))
        if real != unreal or not 400 <= real[0] < 500 or has_changed():
            failures[name, field] = real, unreal
        with transaction.atomic():
            if ask(charlie, operation, address, body(world.own[id_name]))[0] >= 300:
                failures[name, field] = "not even one's own"
            transaction.set_rollback(True)

    assert failures == {}


def test_each_id_in_a_query_has_a_case() -> None:
    names = re.compile("^(org|organisation|slug|room|project|user|member|author|assignee|message|asset)(_id|s)?$")
    found = {
        (name, parameter["name"])
        for name, operation in OPERATIONS.items()
        for parameter in operation.queried()
        if is_id(parameter["schema"]) or names.search(parameter["name"])
    }

    assert found == set(IN_QUERIES), "Add a line to IN_QUERIES for each new id in a query."


def test_ids_of_others_in_queries_are_like_missing_ones(world: World, asker: Callable[..., Any]) -> None:
    charlie, alice = asker(world.charlie, "token"), asker(world.alice, "token")
    for (name, parameter), id_name in IN_QUERIES.items():
        operation = OPERATIONS[name]
        real, unreal = world.ids[id_name], made_up(id_name, "")
        own, theirs = (operation.path.format(**ids) for ids in (world.own, world.ids))
        answers = {ask(charlie, operation, f"{own}?{parameter}={value}") for value in (real, unreal)}

        assert len(answers) == 1
        assert ask(alice, operation, f"{theirs}?{parameter}={real}") not in answers
