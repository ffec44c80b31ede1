"""The one ASGI application: pages and REST through Django, `/ws/` through Channels."""

import asyncio
import logging
import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django import setup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
setup()

from accounts.services.avatars import forget_lost_pictures  # noqa: E402  after setup
from accounts.services.housekeeping import forget_expired  # noqa: E402  after setup
from chat import delivery, writer  # noqa: E402
from chat.pool import in_pool  # noqa: E402
from chat.presence import board  # noqa: E402
from chat.routing import websocket_urlpatterns  # noqa: E402
from chat.services.posting import post_messages  # noqa: E402
from config import mail  # noqa: E402
from config.handler import PooledHandler  # noqa: E402

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 3600.0


class Lifespan:
    """What runs beside the requests, started and stopped with the server."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        delivery.serve_here()
        writer.running_writer(post_messages)
        sweep = asyncio.create_task(sweep_for_ever())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        sweep.cancel()
        await board.close()
        writer.stop_writer()
        await asyncio.to_thread(mail.finish)
        await send({"type": "lifespan.shutdown.complete"})


async def sweep_for_ever() -> None:
    """Forget expired sessions, tokens and stored answers, and files that nobody is shown by, once an hour."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await in_pool(forget_expired)
            await in_pool(forget_lost_pictures)
        except Exception:
            logger.exception("What has expired was not forgotten")


application = ProtocolTypeRouter(
    {"http": PooledHandler(), "websocket": URLRouter(websocket_urlpatterns), "lifespan": Lifespan()}
)
