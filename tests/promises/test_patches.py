"""Null in a PATCH is stored or refused, and never passed over."""

from typing import Any

import pytest
from django.db import transaction

from tests.conftest import ClientFor
from tests.promises.cases import CASES
from tests.promises.operations import OPERATIONS, Operation
from tests.promises.world import World

FIELDS = [(op.id, field) for op in OPERATIONS.values() if op.method == "PATCH" for field in op.fields]
# What an answer shows instead of null: nothing is kept there then.
NOTHING: tuple[Any, ...] = (None, "", {}, [])


def patch(client: Any, operation: Operation, world: World, body: Any) -> Any:
    case = CASES.get(operation.id)
    path = case.address(operation, case.named(operation, world.ids)) if case else operation.path
    return client.patch(f"/api/v1{path}", body, "application/json")


def test_every_patch_is_walked() -> None:
    assert {name for name, _ in FIELDS} == {op.id for op in OPERATIONS.values() if op.method == "PATCH"}
    assert ("update_room", "topic") in FIELDS


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_null_is_stored_or_refused(world: World, client_for: ClientFor, name: str, field: str) -> None:
    client, operation = client_for(world.alice), OPERATIONS[name]
    given = (operation.example or {}) | (CASES[name].body_of(operation, world.ids) or {} if name in CASES else {})
    with transaction.atomic():
        if field in given:
            assert patch(client, operation, world, {field: given[field]}).status_code == 200

        answer = patch(client, operation, world, {field: None})

    assert answer.status_code in (200, 422), answer.content
    if answer.status_code == 200:
        assert answer.json()[field] in NOTHING
    else:
        assert answer.json()["errors"][0]["loc"] == ["body", field]


def test_the_topic_of_a_room_is_cleared(world: World, client_for: ClientFor) -> None:
    client, room = client_for(world.alice), OPERATIONS["update_room"]

    assert patch(client, room, world, {"topic": "Sketches"}).json()["topic"] == "Sketches"
    assert patch(client, room, world, {"name": "drafts"}).json()["topic"] == "Sketches"
    assert patch(client, room, world, {"topic": None}).json()["topic"] == ""
