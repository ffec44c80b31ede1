"""One path for all sockets."""

import asyncio
from typing import Any

import pytest

from chat.socket.consumer import RoomsConsumer
from chat.socket.routing import SocketRouter


async def connect(path: str, root: str = "") -> list[str]:
    """Connect, and return what was sent, or that the consumer served it."""
    sent: list[str] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message["type"])

    await SocketRouter()({"type": "websocket", "path": path, "root_path": root}, receive, send)
    return sent


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the connections that reached the consumer."""
    paths: list[str] = []

    async def serve(self: RoomsConsumer, scope: dict[str, Any], receive: Any, send: Any) -> None:
        paths.append(scope["path"])

    monkeypatch.setattr(RoomsConsumer, "__call__", serve)
    return paths


@pytest.mark.parametrize(("path", "root"), [("/ws/", ""), ("/chat/ws/", "/chat")])
def test_the_consumer_serves_its_path(served: list[str], path: str, root: str) -> None:
    assert asyncio.run(connect(path, root)) == []
    assert served == [path]


@pytest.mark.parametrize("path", ["/", "/ws", "/ws/rooms/", "/x/ws/"])
def test_any_other_path_is_closed_before_the_handshake(served: list[str], path: str) -> None:
    assert asyncio.run(connect(path)) == ["websocket.close"]
    assert not served
