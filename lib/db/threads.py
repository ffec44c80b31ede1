"""The few long-lived threads that all database work of requests and sockets runs on.

Under ASGI Django starts a thread, and so opens a connection, for every request. Here a thread keeps its connection.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

# Politeness towards the event loop and the writer, which everybody waits for.
NICE = 10


def _step_back() -> None:
    """On Linux a thread has a priority of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


threads = ThreadPoolExecutor(settings.DATABASE_THREADS, thread_name_prefix="atrium", initializer=_step_back)


async def in_pool(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of a function that uses the database, run on one of the pool's threads."""
    return await asyncio.get_running_loop().run_in_executor(threads, lambda: _call(function, *args, **kwargs))


def _call(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()
