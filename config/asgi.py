"""The one ASGI application: pages and REST through Django, `/ws/` through Channels."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django import setup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
setup()

from chat import writer  # noqa: E402  after setup
from chat.presence import keep_presence  # noqa: E402
from chat.routing import websocket_urlpatterns  # noqa: E402
from chat.services.messages import post_messages  # noqa: E402
from config.handler import PooledHandler  # noqa: E402


class Lifespan:
    """What runs beside the requests, started and stopped with the server."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        writer.running_writer(post_messages)
        async with keep_presence():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        writer.stop_writer()
        await send({"type": "lifespan.shutdown.complete"})


application = ProtocolTypeRouter(
    {"http": PooledHandler(), "websocket": URLRouter(websocket_urlpatterns), "lifespan": Lifespan()}
)
