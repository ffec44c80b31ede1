"""Carry events between processes through the channel layer, once per process."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)

GROUP = "atrium"
PROCESS = uuid.uuid4().hex
RETRY_SECONDS = 1.0

# The fields of an event, as they go through the channel layer.
Fields = Sequence[Any]

_server_loop: asyncio.AbstractEventLoop | None = None
# The loop holds its tasks only weakly.
_spawned: set[asyncio.Task[None]] = set()


def use_running_loop() -> None:
    """Send from the running loop, so that no thread has to start a loop of its own."""
    global _server_loop
    _server_loop = asyncio.get_running_loop()


def connects_processes() -> bool:
    """Tell whether there may be other processes to speak to."""
    return not isinstance(get_channel_layer(), InMemoryChannelLayer)


async def receive_events(deliver: Callable[[Sequence[Fields]], None]) -> None:
    """Hand over what other processes announce, for ever and through restarts of the broker."""
    layer = get_channel_layer()
    while True:
        try:
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            while True:
                message = await layer.receive(channel)
                if message["origin"] != PROCESS:
                    deliver(message["events"])
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("The channel layer is out of reach; trying again")
            await asyncio.sleep(RETRY_SECONDS)


def send_events(events: Sequence[Fields]) -> None:
    """Announce events to other processes. Callable from any thread; on a loop it does not wait."""
    message: dict[str, Any] = {"type": "atrium.events", "origin": PROCESS, "events": list(events)}
    if find_running_loop() is not None:
        spawn_task(_send_to_group(message))
    elif _server_loop is not None and _server_loop.is_running():
        asyncio.run_coroutine_threadsafe(_send_to_group(message), _server_loop)
    else:
        async_to_sync(_send_to_group)(message)


def spawn_task(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine on the running loop without waiting for it."""
    task = asyncio.get_running_loop().create_task(work)
    _spawned.add(task)
    task.add_done_callback(_spawned.discard)


def find_running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop of this thread where one is running."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


async def _send_to_group(message: dict[str, Any]) -> None:
    try:
        await get_channel_layer().group_send(GROUP, message)
    except Exception:
        logger.exception("Other processes were not told; their clients catch up by version")
