"""Route WebSockets: `/ws/` to the consumer, no other path."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from lib.deferred import import_deferred

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class SocketRouter:
    """ASGI application of all WebSockets.

    It hands on the coroutine of the consumer: with Channels' routers, an idle connection kept three more.
    """

    _create_consumer: Any = None

    def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> Coroutine[Any, Any, None]:
        """Return the coroutine that serves a connection."""
        if scope["path"].removeprefix(scope.get("root_path", "")) != "/ws/":
            return _reject_path(receive, send)
        if self._create_consumer is None:
            return self._load_and_serve(scope, receive, send)
        served: Coroutine[Any, Any, None] = self._create_consumer()(scope, receive, send)
        return served

    def load(self) -> None:
        """Import the consumer, and with it most of what is said on sockets."""
        self._create_consumer = import_deferred("chat.socket.consumer").RoomsConsumer

    async def _load_and_serve(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await asyncio.to_thread(self.load)  # the event loop must not wait
        await self(scope, receive, send)


async def _reject_path(receive: Receive, send: Send) -> None:
    """Close a connection to any other path before the handshake."""
    await receive()
    await send({"type": "websocket.close"})
