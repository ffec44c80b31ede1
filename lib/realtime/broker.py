"""Carry events between processes by way of Redis, once per process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings

from lib.realtime.redis_link import EventReceiver, EventSender, Fields, publish_now

_server_loop: asyncio.AbstractEventLoop | None = None
_senders: WeakKeyDictionary[asyncio.AbstractEventLoop, EventSender] = WeakKeyDictionary()
# The loop holds its tasks only weakly.
_spawned: set[asyncio.Task[None]] = set()


def use_running_loop() -> None:
    """Send from the running loop, whichever thread announces."""
    global _server_loop
    _server_loop = asyncio.get_running_loop()
    if connects_processes():
        spawn_task(_get_sender(_server_loop).keep_alive())


def connects_processes() -> bool:
    """Tell whether there may be other processes to speak to."""
    return bool(settings.REDIS_URL)


async def receive_events(
    deliver: Callable[[Sequence[Fields]], None], report_loss: Callable[[], None], ready: asyncio.Event
) -> None:
    """Hand over what other processes announce, for ever and through restarts of Redis.

    Set `ready` once nothing more is missed, or Redis does not answer; call `report_loss` when events may be lost later.
    """
    await EventReceiver(settings.REDIS_URL, deliver, report_loss, ready).run()


def send_events(events: Sequence[Fields]) -> None:
    """Announce events to other processes. Callable from any thread; waits only where no loop is running."""
    running = find_running_loop()
    if running is not None:
        _put_events(running, events)
    elif _server_loop is not None and _server_loop.is_running():
        _server_loop.call_soon_threadsafe(_put_events, _server_loop, events)
    else:
        publish_now(settings.REDIS_URL, events)


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


def _put_events(loop: asyncio.AbstractEventLoop, events: Sequence[Fields]) -> None:
    """Queue events for the sender of a loop. Call it on that loop."""
    _get_sender(loop).put(events)


def _get_sender(loop: asyncio.AbstractEventLoop) -> EventSender:
    sender = _senders.get(loop)
    if sender is None:
        sender = _senders[loop] = EventSender(settings.REDIS_URL)
    return sender
