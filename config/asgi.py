"""Define the ASGI application: pages and REST through Django, `/ws/` by the consumer."""

import os
from collections.abc import Coroutine
from typing import Any

from django import setup
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if not apps.ready:
    setup()

from chat.socket.routing import SocketRouter  # noqa: E402  after setup
from config.server.handler import PooledHandler  # noqa: E402
from config.server.lifespan import Lifespan  # noqa: E402
from config.server.uploads import ResumableUploads, is_resumable  # noqa: E402


class Application:
    """ASGI application of all protocols, which adds no coroutine of its own to a connection."""

    def __init__(self) -> None:
        sockets = SocketRouter()
        self._applications: dict[str, Any] = {
            "http": PooledHandler(),
            "uploads": ResumableUploads(),
            "websocket": sockets,
            "lifespan": Lifespan(sockets.load),
        }

    def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Coroutine[Any, Any, None]:
        """Return the coroutine that serves a request or a connection."""
        kind = "uploads" if scope["type"] == "http" and is_resumable(scope) else scope["type"]
        served: Coroutine[Any, Any, None] = self._applications[kind](scope, receive, send)
        return served


application = Application()
