"""Numbers, texts and shapes as nobody should send them are answered, and break nothing."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction

from tests.conftest import ClientFor
from tests.promises.cases import CASES
from tests.promises.operations import OPERATIONS, is_id
from tests.promises.world import World

NUMBERS = [-1, 0, 2**31, 2**63, 10**20]
# As JSON has them: NUL, text that turns round, half a character, a megabyte.
TEXTS = [r"\u0000", r"a\u202Eb", r"\ud800", "x" * 1_000_000]
# In the place of any field, and of a body as a whole.
SHAPES = ["null", "true", "1.5", '"x"', "[]", "[[]]", "[null]", "{}", '{"id": {}}', "[" * 5_000 + "]" * 5_000]
# And as addresses have them.
ESCAPED = ["%00", "a%E2%80%AEb", "%ED%A0%80", "x" * 10_000]


def takes(shape: dict[str, Any], kind: str) -> bool:
    return f'"{kind}"' in json.dumps(shape) and not is_id(shape) and "enum" not in shape


def in_bodies(operation: Any, body: Any) -> Iterator[str]:
    """The body with each of its fields in turn replaced, one odd value at a time, and what is no body at all."""
    if body is not None:
        yield from SHAPES
        yield "{"
    for field, shape in operation.fields.items():
        odd = [json.dumps(number) for number in NUMBERS] if takes(shape, "integer") else []
        odd += [f'"{text}"' for text in TEXTS] if takes(shape, "string") else []
        if takes(shape, "array"):
            odd = [f"[{value}]" for value in odd]
        odd = [*odd, *SHAPES]
        others = {name: value for name, value in (body or {}).items() if name != field}
        for value in odd:
            yield json.dumps(others | {field: "ODD"}).replace('"ODD"', value)


def in_queries(operation: Any) -> Iterator[str]:
    for parameter in operation.queried():
        odd = [str(number) for number in NUMBERS] if takes(parameter["schema"], "integer") else []
        odd += ESCAPED if takes(parameter["schema"], "string") or not odd else []
        # Some are not asked for alone.
        needed = [f"{other['name']}=0" for other in operation.queried() if other["required"] and other != parameter]
        yield from ("&".join([f"{parameter['name']}={value}", *needed]) for value in odd)


def in_paths(operation: Any, named: Any) -> Iterator[str]:
    for name in operation.ids:
        for value in ESCAPED:
            yield operation.path.format(**{other: quote(named[other]) for other in named} | {name: value})


def requests(operation: Any, ids: Any) -> Iterator[tuple[Any, ...]]:
    case = CASES.get(operation.id)
    named = case.named(operation, ids) if case else {}
    address = case.address(operation, named) if case else operation.path
    body = case.body_of(operation, ids) if case else operation.example
    yield from ((address, odd) for odd in in_bodies(operation, body))
    yield from ((f"{address.partition('?')[0]}?{query}", None) for query in in_queries(operation))
    yield from ((odd, None if body is None else json.dumps(body, default=str)) for odd in in_paths(operation, named))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_odd_values_are_answered(world: World, client_for: ClientFor, method: str) -> None:
    alice, failures, asked = client_for(world.alice), [], 0
    for operation in OPERATIONS.values():
        if operation.method != method:
            continue
        for address, body in requests(operation, world.ids):
            asked += 1
            data = {} if body is None else {"data": body, "content_type": "application/json"}
            with transaction.atomic():
                status = alice.generic(method, f"/api/v1{address}", **data).status_code
                transaction.set_rollback(True)
            if status >= 500:
                failures.append((status, method, address[:120], (body or "")[:200]))

    assert failures == []
    assert asked
