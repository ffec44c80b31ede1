"""Start and stop the writer, the checkpoints and the jobs with the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from django.conf import settings

from config.server.warm_up import start_warm_up
from lib.db import group_commit
from lib.db.checkpoints import start_checkpoints, stop_checkpoints
from lib.realtime import broker
from lib.web.deferred_urls import load_deferred_urls

# Until the server listens and has given its first answer, which need nothing of what is loaded then.
WARM_UP_DELAY_SECONDS = 0.1


class Lifespan:
    """ASGI lifespan application of the server.

    What it imports in functions, the first answer does not need: see `config.server.warm_up`.
    """

    def __init__(self, load_sockets: Callable[[], None]) -> None:
        self._load_sockets = load_sockets

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Start the background work; on shutdown finish what is queued."""
        await receive()
        broker.use_running_loop()
        start_checkpoints()
        loaders = load_deferred_urls, self._load_sockets, _start_writer, _start_jobs
        warm_up = asyncio.get_running_loop().call_later(WARM_UP_DELAY_SECONDS, start_warm_up, *loaders)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        warm_up.cancel()
        await _stop_jobs()
        await _stop_presence()
        group_commit.stop_writer()
        await asyncio.to_thread(stop_checkpoints)
        await send({"type": "lifespan.shutdown.complete"})


def _start_writer() -> None:
    from chat.messages.services.post import post_messages

    group_commit.get_running_writer(post_messages)


def _start_jobs() -> None:
    from lib.jobs.worker import start_workers

    start_workers(threads=settings.JOBS)


async def _stop_jobs() -> None:
    from lib.jobs.worker import stop_workers

    await asyncio.to_thread(stop_workers)


async def _stop_presence() -> None:
    from chat.socket.presence import board

    await board.close()
