"""Start and stop the writer, the checkpoints, the clean-up and the mail thread with the server."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from accounts.cleanup import delete_expired
from accounts.profiles.services.avatar import delete_orphaned_avatars
from chat.messages.services.post import post_messages
from chat.socket.presence import board
from lib.db import group_commit
from lib.db.checkpoints import start_checkpoints, stop_checkpoints
from lib.db.threads import run_in_pool
from lib.mail import background
from lib.realtime import broker

logger = logging.getLogger(__name__)

CLEANUP_SECONDS = 3600.0


class Lifespan:
    """ASGI lifespan application of the server."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Start the background work; on shutdown finish what is queued."""
        await receive()
        broker.use_running_loop()
        group_commit.get_running_writer(post_messages)
        start_checkpoints()
        cleanup = asyncio.create_task(_clean_up_hourly())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        cleanup.cancel()
        await board.close()
        group_commit.stop_writer()
        await asyncio.to_thread(stop_checkpoints)
        await asyncio.to_thread(background.stop_mailer)
        await send({"type": "lifespan.shutdown.complete"})


async def _clean_up_hourly() -> None:
    """Delete expired sessions, tokens and stored answers, and pictures without a user, once an hour."""
    while True:
        await asyncio.sleep(CLEANUP_SECONDS)
        try:
            await run_in_pool(delete_expired)
            await run_in_pool(delete_orphaned_avatars)
        except Exception:
            logger.exception("What has expired was not deleted")
