"""Run all database work of requests and sockets on a few long-lived threads.

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

REQUESTS, HASHING, UPLOADS = "atrium-requests", "atrium-hashing", "atrium-uploads"

# Below the event loop and the writer, which every request waits for.
NICE = 10
# Below all that answers others. The threads that a hash starts inherit it.
HASHING_NICE = 14


def lower_priority(nice: int) -> None:
    """Lower the priority of this thread, where threads have one of their own: on Linux."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)


thread_pool = ThreadPoolExecutor(
    settings.DATABASE_THREADS, thread_name_prefix=REQUESTS, initializer=lower_priority, initargs=(NICE,)
)
# Threads of the requests that hash or check a password, so that no other waits for them: see `config.server.hashing`.
hashing_pool = ThreadPoolExecutor(
    settings.HASHING_THREADS, thread_name_prefix=HASHING, initializer=lower_priority, initargs=(HASHING_NICE,)
)
# Threads that store what was uploaded, and read all of it for that.
upload_pool = ThreadPoolExecutor(2, thread_name_prefix=UPLOADS, initializer=lower_priority, initargs=(HASHING_NICE,))


def is_request_thread() -> bool:
    """Tell whether this thread is one of the few that answer all requests."""
    return threading.current_thread().name.startswith(REQUESTS)


async def run_in_pool(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that uses the database on a thread of the pool, and return its result."""
    return await asyncio.get_running_loop().run_in_executor(
        thread_pool, lambda: call_with_fresh_connection(function, *args, **kwargs)
    )


def call_with_fresh_connection(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function that uses the database. This thread keeps its connection, but for one that broke or is pooled."""
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()
