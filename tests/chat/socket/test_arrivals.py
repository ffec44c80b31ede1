"""Who connects is looked up once, and once more when something changes before they can hear of it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from chat.socket import consumer, handshake
from chat.socket.consumer import RoomsConsumer
from chat.socket.handshake import Identity
from chat.socket.welcome import JoinedRoom, Welcome
from chat.topics import room_topic
from lib.realtime.hub import Event, get_current_hub, hubs

SCOPE = {"type": "websocket", "headers": [(b"authorization", b"Bearer token")], "client": ("192.0.2.1", 5)}


def identity(user: User, *, version: int) -> Identity:
    room = JoinedRoom(user.pk, version, version, 0)
    welcome = Welcome(b"welcome to version %d" % version, {room_topic(room.id): version})
    nothing: frozenset[str] = frozenset()
    return Identity(user, f"token:{user.pk}", None, [room], nothing, nothing, nothing, is_guest=False, welcome=welcome)


class Connection:
    """A client that stays until it is told to leave, and keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.leave = asyncio.Event()
        self.asked = 0

    async def receive(self) -> dict[str, Any]:
        self.asked += 1
        if self.asked > 1:
            await self.leave.wait()
        return {"type": "websocket.connect" if self.asked == 1 else "websocket.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message.get("text", message["type"]))


async def connect(connection: Connection) -> None:
    task = asyncio.create_task(RoomsConsumer()(dict(SCOPE), connection.receive, connection.send))
    async with asyncio.timeout(5):
        while not any("welcome" in text for text in connection.sent) and not task.done():
            await asyncio.sleep(0.01)
    connection.leave.set()
    await task


def arrive(monkeypatch: pytest.MonkeyPatch, user: User, announce: Callable[[], list[Event]]) -> tuple[list[str], int]:
    """Connect a second socket during whose authentication something is announced: what it hears, and the look-ups."""
    looked_up = []

    async def run() -> list[str]:
        hub = get_current_hub()
        hub.sockets[object()] = None  # somebody else is here
        hub.ready.set()

        def authenticate(_: Any) -> Identity:
            looked_up.append(1)
            if len(looked_up) == 1:
                hub.loop.call_soon_threadsafe(hub.deliver, announce())
            return identity(user, version=len(looked_up))

        monkeypatch.setattr(handshake, "authenticate", authenticate)
        # The threads of the pool would look after connections that earlier tests have left.
        monkeypatch.setattr(consumer, "run_in_pool", asyncio.to_thread)
        connection = Connection()
        await connect(connection)
        del hubs[hub.loop]
        return connection.sent

    return asyncio.run(run()), len(looked_up)


def test_an_arrival_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    user = User(name="Ann", username="ann")

    heard, look_ups = arrive(monkeypatch, user, lambda: [Event("room:of others", b"hi", version=7)])

    assert "welcome to version 1" in heard
    assert look_ups == 1


@pytest.mark.parametrize("kind", ["message", "removal", "session"])
def test_what_is_announced_before_it_joins_is_looked_up_again(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    user = User(name="Ann", username="ann")
    topic = {"message": room_topic(user.pk), "removal": f"user:{user.pk}", "session": f"token:{user.pk}"}[kind]

    heard, look_ups = arrive(monkeypatch, user, lambda: [Event(topic, b"missed", version=2)])

    assert "welcome to version 2" in heard
    assert "welcome to version 1" not in heard
    assert look_ups == 2
