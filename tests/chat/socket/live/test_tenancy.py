"""To whoever has no business in an organisation, nothing of it exists: not at the socket, by any frame."""

import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from chat.socket.commands import COMMANDS
from tests.lines import Line, talk
from tests.live import LiveServer, Person

# What Ann may send; a frame that names something names it by a function of ids. A new frame is one line more.
FRAMES = {
    "hello": None,
    "message.send": lambda ids: {"room": ids.room, "content": "let me in", "client_id": str(uuid4())},
    "typing": lambda ids: {"room": ids.room, "state": "start"},
    "read": lambda ids: {"room": ids.room, "seq": 1},
    "presence": lambda ids: {"room": ids.room, "state": "active"},
    "ping": None,
}
# Nothing answers these where all is well.
UNANSWERED = {"presence"}
# Fields that name a row, other than the room.
INNER = {
    ("message.send", "reply_to"): lambda ids: {"content": "as I said", "reply_to": ids.message},
    ("message.send", "thread_id"): lambda ids: {"content": "as I said", "thread_id": ids.message},
    ("message.send", "asset_ids"): lambda ids: {"content": "as I said", "asset_ids": [ids.asset]},
    ("typing", "thread_id"): lambda ids: {"state": "start", "thread_id": ids.message},
}
NOWHERE = SimpleNamespace(room=str(uuid4()), message=str(uuid4()), asset=str(uuid4()))


@pytest.fixture(scope="module")
def server(run_server: Any) -> LiveServer:
    """One of both: this is about what is behind them."""
    return run_server("uvicorn")


@pytest.fixture(scope="module")
def strangers(server: LiveServer) -> tuple[Person, Person]:
    """Olga owns another organisation, with a room of her own; Nell belongs nowhere."""
    olga, nell = server.sign_up("Olga"), server.sign_up("Nell")
    slug = olga.found("Elsewhere")["slug"]
    olga.room = olga.ask("POST", f"/orgs/{slug}/rooms", {"name": "plans", "kind": "group"})["id"]
    return olga, nell


@pytest.fixture
def there(team: tuple[Person, Person, Person, str], room: str) -> SimpleNamespace:
    """What there is in Halyard."""
    message = team[0].ask("POST", f"/rooms/{room}/messages", {"content": "Tea?"})["id"]
    asset = team[0].post("/assets", data={"org": team[3]}, files={"file": ("tea.txt", b"Tea?")}).json()["id"]
    return SimpleNamespace(room=room, message=message, asset=asset)


async def answer_to(line: Line, kind: str, fields: dict[str, Any], *types: Any) -> dict[str, Any]:
    await line.say(type=kind, ref="r", **fields)
    return await line.hear(*types)


async def all_heard(line: Line) -> list[Any]:
    """What has come up to now."""
    await line.say(type="ping", ref="end")
    heard = []
    while (frame := json.loads(await line.connection.recv())).get("ref") != "end":
        heard.append(frame)
    return heard


def names_rows(shape: type | None) -> list[Any]:
    return [name for name, field in shape.model_fields.items() if "UUID" in str(field.annotation)] if shape else []


def test_each_frame_has_a_case() -> None:
    shapes = {kind: shape for kind, (shape, *_) in COMMANDS.items()}

    assert set(FRAMES) == set(shapes), "Add a line to FRAMES for each new frame."
    assert {kind for kind, case in FRAMES.items() if case} == {kind for kind in shapes if names_rows(shapes[kind])}
    inner = {(kind, name) for kind in shapes for name in names_rows(shapes[kind]) if name != "room"}
    assert inner == set(INNER), "Add a line to INNER for each new field that names a row."


def test_what_is_there_is_like_what_is_not(
    server: LiveServer, strangers: tuple[Person, Person], there: SimpleNamespace
) -> None:
    async def conversation(lines: Any) -> None:
        for stranger in strangers:
            line = await lines.connect(stranger)
            await line.hear("welcome")
            for kind, case in FRAMES.items():
                if case is not None:
                    real = await answer_to(line, kind, case(there), "error", "ack")
                    assert (real["type"], real.get("code"), real["ref"]) == ("error", "not_found", "r")
                    assert real == await answer_to(line, kind, case(NOWHERE), "error", "ack")

    talk(server, conversation)


def test_what_is_there_is_not_found_in_ones_own_room(
    server: LiveServer, strangers: tuple[Person, Person], there: SimpleNamespace
) -> None:
    olga, _ = strangers

    async def conversation(lines: Any) -> None:
        line = await lines.connect(olga)
        await line.hear("welcome")
        for (kind, _), case in INNER.items():
            real, unreal = [
                await answer_to(line, kind, case(ids) | {"room": olga.room}, "error", "ack") for ids in (there, NOWHERE)
            ]
            assert (real["type"], real) == ("error", unreal)

    talk(server, conversation)


def test_each_frame_that_names_something_works_for_who_is_there(
    server: LiveServer, team: tuple[Person, Person, Person, str], there: SimpleNamespace
) -> None:
    async def conversation(lines: Any) -> None:
        line = await lines.connect(team[0])
        await line.hear("welcome")
        for kind, case in [*FRAMES.items(), *((kind, case) for (kind, _), case in INNER.items())]:
            if case is not None and kind not in UNANSWERED:
                # Each of them is answered, or shown to whoever is in the room.
                shown = await answer_to(
                    line, kind, {"room": there.room} | case(there), "error", "ack", "typing", "read"
                )
                assert shown["type"] != "error"

    talk(server, conversation)


def test_of_what_happens_there_nothing_is_heard(
    server: LiveServer,
    team: tuple[Person, Person, Person, str],
    strangers: tuple[Person, Person],
    there: SimpleNamespace,
) -> None:
    ann, ben, _, slug = team
    room, message = f"/rooms/{there.room}", f"/messages/{there.message}"
    happenings = [
        ("POST", f"{room}/messages", {"content": f"For <@{ben.id}> alone"}),
        ("PATCH", message, {"content": "Coffee?"}),
        ("PUT", f"{message}/reactions/%F0%9F%91%8D", None),
        ("PUT", f"{message}/pin", None),
        ("DELETE", message, None),
        ("PUT", f"{room}/read", {"seq": 0}),
        ("PATCH", room, {"name": "renamed"}),
        ("DELETE", f"{room}/members/{ben.id}", None),
        ("POST", f"{room}/members", {"user_id": ben.id}),
        ("PATCH", f"{room}/members/{ben.id}", {"role": "admin"}),
        ("POST", f"{room}/archive", None),
        ("POST", f"{room}/unarchive", None),
        ("POST", f"/orgs/{slug}/rooms", {"name": f"open {uuid4()}", "kind": "channel"}),
        ("POST", f"/orgs/{slug}/rooms/direct", {"user_ids": [ben.id]}),
        ("PATCH", f"/orgs/{slug}", {"name": "Renamed"}),
        ("PATCH", f"/orgs/{slug}/members/{ben.id}", {"role": "admin"}),
        ("PATCH", "/me", {"name": "Annabel"}),
        ("DELETE", room, None),
    ]

    async def conversation(lines: Any) -> None:
        listening = [await lines.connect(stranger) for stranger in strangers]
        inside = await lines.connect(ben)
        for line in (*listening, inside):
            await line.hear("welcome")
        anns = await lines.connect(ann)
        await anns.say(type="presence", state="busy")
        await anns.say(type="typing", room=there.room, state="start")
        for method, path, body in happenings:
            ann.ask(method, path, body)
        await inside.hear("room.removed")
        while (await inside.hear("room.removed"))["room"] != there.room:
            pass
        for line, stranger in zip(listening, strangers, strict=True):
            assert [frame for frame in await all_heard(line) if frame.get("user") != stranger.id] == []

    talk(server, conversation)
