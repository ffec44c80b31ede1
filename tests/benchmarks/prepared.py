"""`python -m tests.benchmarks.prepared`: measure each prepared query against the queryset that it is compiled from.

The sample is planted in a database of its own. A signed-in browser and a REST client ask for what is asked for most, so
that all prepared queries exist; then each runs with values of the sample, by turns with its queryset.
"""

from __future__ import annotations

import gc
import inspect
import os
import tempfile
import time
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.in_process import start_django
from tests.benchmarks.server import ROOT

if TYPE_CHECKING:
    from accounts.models import User
    from chat.models import Room
    from lib.db.prepared import PreparedQuery

ROUNDS, CALLS = 30, 20


def main() -> None:
    """Print the times of each query in microseconds, and the gain."""
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        user, room = _plant_sample()
        values = _visit_hot_paths(user, room)
        print(" ORM, µs  prepared   gain  raw gain  rows  query")
        for query in _find_queries():
            _compare_query(query, {name: values[name] for name in query._types})
        for size in (1, 64):
            _compare_insert(user, room, size)


def _plant_sample() -> tuple[User, Room]:
    from django.core.management import call_command

    from accounts.models import User
    from chat.models import Room

    call_command("seed", stdout=open(os.devnull, "w"))  # noqa: SIM115  until the process ends
    user = User.objects.get(email="alice@halyard.example")
    return user, Room.objects.visible_to(user).order_by("-last_seq")[0]


def _visit_hot_paths(user: User, room: Room) -> dict[str, Any]:
    """Ask for pages and histories; return the values of the sample by the names that queries give their parameters."""
    from django.test import Client
    from django.utils import timezone

    from accounts.models import Session
    from accounts.tokens.services.families import hash_token, issue_tokens
    from chat.messages.message_json import _rows_lookup
    from chat.messages.services.post import post_message
    from chat.models import Message
    from chat.socket.handshake import Credentials, authenticate

    token = issue_tokens(user=user).access_token
    browser, script = Client(), Client(headers={"Authorization": f"Bearer {token}"})
    browser.force_login(user)
    assert browser.get(f"/rooms/{room.pk}/").status_code == 200
    older = f"messages?before={room.last_seq}"
    for path in ("messages", older, "messages?after=1", "messages?around=9", "changes?since=1"):
        assert script.get(f"/api/v1/rooms/{room.pk}/{path}").status_code == 200
    assert authenticate(Credentials(token=token))
    posted = post_message(actor=user, room_id=room.pk, content="Hello")
    _rows_lookup.raw([room.pk] * 50)  # no history has asked for it: the sample is cached
    messages = Message.objects.filter(room=room).order_by("-seq").values_list("pk", flat=True)[:200]
    return {
        **{f"id_{number}": message_id for number, message_id in enumerate(messages)},
        "user_id": user.pk,
        "room_id": room.pk,
        "root_id": posted.message.pk,
        "organisation_id": room.organisation_id,
        "current_id": room.pk,
        "now": timezone.now(),
        "session_key": Session.objects.filter(user=user).latest("pk").session_key,
        "token_hash": hash_token(token),
        "seq": room.last_seq // 2,
        "version": room.version - 20,
    }


def _find_queries() -> list[PreparedQuery]:
    from lib.db.prepared import PreparedQuery

    gc.collect()
    return sorted((thing for thing in gc.get_objects() if isinstance(thing, PreparedQuery)), key=_locate)


def _locate(query: PreparedQuery) -> str:
    build = inspect.unwrap(query._build)
    file = Path(inspect.getsourcefile(build) or "").relative_to(ROOT)
    return f"{file}:{inspect.getsourcelines(build)[1]}"


def _compare_query(query: PreparedQuery, values: dict[str, Any]) -> None:
    prepared, queryset, raw = _time_by_turns(
        lambda: query.rows(**values), lambda: list(query._build(**values)), lambda: query.raw(**values)
    )
    _print_line(queryset, prepared, f"{queryset / raw:.2f}", len(query.raw(**values)), _locate(query))


def _compare_insert(user: User, room: Room, size: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from chat.models import Message
    from lib.db.prepared_rows import insert_rows

    numbers = count(room.last_seq + 1_000_000)

    def build_messages() -> list[Message]:
        fields = {
            "room": room,
            "author": user,
            "content": "Hello",
            "html": "<p>Hello</p>",
            "created_at": timezone.now(),
        }
        return [Message(**fields, seq=number, version=number) for number in islice(numbers, size)]

    with transaction.atomic():
        build, prepared, bulk = _time_by_turns(
            build_messages,
            lambda: insert_rows(build_messages()),
            lambda: Message.objects.bulk_create(build_messages()),
        )
        transaction.set_rollback(True)
    _print_line(bulk - build, prepared - build, "", size, "insert_rows, bulk_create")


def _print_line(orm: float, prepared: float, raw_gain: str, rows: int, name: str) -> None:
    print(f"{orm:8.0f}  {prepared:8.0f}  {orm / prepared:5.2f}  {raw_gain:>8}  {rows:4}  {name}")


def _time_by_turns(*calls: Callable[[], object]) -> list[float]:
    """Return the microseconds of one call of each, the least of many rounds: other work on the machine only adds."""
    best = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for index, call in enumerate(calls):
            start = time.perf_counter()
            for _ in range(CALLS):
                call()
            best[index] = min(best[index], (time.perf_counter() - start) / CALLS * 1e6)
    return best


if __name__ == "__main__":
    main()
