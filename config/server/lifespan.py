"""Start and stop the writer, the checkpoints, the clean-up and the mail thread with the server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings

from config.server.warm_up import start_warm_up
from lib.db import group_commit
from lib.db.checkpoints import start_checkpoints, stop_checkpoints
from lib.db.threads import run_in_pool
from lib.mail import background
from lib.realtime import broker
from lib.web.deferred_urls import load_deferred_urls

logger = logging.getLogger(__name__)

CLEANUP_SECONDS = 3600.0
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
        loaders = load_deferred_urls, self._load_sockets, _start_writer, _resume_work, _start_jobs
        warm_up = asyncio.get_running_loop().call_later(WARM_UP_DELAY_SECONDS, start_warm_up, *loaders)
        cleanup = asyncio.create_task(_clean_up_hourly())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        warm_up.cancel()
        cleanup.cancel()
        await _stop_jobs()
        await _stop_presence()
        group_commit.stop_writer()
        await asyncio.to_thread(stop_checkpoints)
        await asyncio.to_thread(background.stop_mailer)
        await send({"type": "lifespan.shutdown.complete"})


def _start_writer() -> None:
    from chat.messages.services.post import post_messages

    group_commit.get_running_writer(post_messages)


def _start_jobs() -> None:
    from lib.jobs.worker import start_workers

    start_workers(threads=settings.JOBS)


def _resume_work() -> None:
    """Go on with what an earlier process had not finished when it ended."""
    from chat.messages.services.edit import resume_deletions
    from chat.messages.services.previews import resume_previews
    from lib.background import run_in_background

    run_in_background(resume_deletions)
    run_in_background(resume_previews)


async def _stop_jobs() -> None:
    from lib.jobs.worker import stop_workers

    await asyncio.to_thread(stop_workers)


async def _stop_presence() -> None:
    from chat.socket.presence import board

    await board.close()


async def _clean_up_hourly() -> None:
    """Delete expired sessions, tokens and answers, and pictures, previews and copies that nobody should see, hourly."""
    while True:
        await asyncio.sleep(CLEANUP_SECONDS)
        try:
            await run_in_pool(_delete_expired)
        except Exception:
            logger.exception("What has expired was not deleted")


def _delete_expired() -> None:
    from accounts.cleanup import delete_expired
    from accounts.profiles.services.avatar import delete_orphaned_avatars
    from chat.emoji.services import delete_orphaned_emoji_images
    from chat.messages.services.edit import resume_deletions
    from chat.previews.services import delete_unused_previews
    from chat.rooms.services.pictures import delete_orphaned_room_pictures

    delete_expired()
    delete_orphaned_avatars()
    delete_orphaned_emoji_images()
    delete_orphaned_room_pictures()
    delete_unused_previews()
    resume_deletions()
