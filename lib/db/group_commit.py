"""Commit in groups: items that arrive while a transaction runs are stored together in the next one.

An idle writer commits a single item at once; it never waits for more.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any

from django.db import close_old_connections, connection

from lib.realtime.holding import hold_back

logger = logging.getLogger(__name__)

# Bounds the time one transaction holds SQLite's only write lock to some 20 ms.
MAX_BATCH = 64

Store = Callable[[Sequence[Any]], list[Any]]
Resolve = Callable[[Any], None]


class Writer:
    """Thread with a connection of its own that stores all items of a process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue: SimpleQueue[tuple[Any, Resolve, asyncio.AbstractEventLoop | None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._commit_batches, name="atrium-writer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Commit what is queued, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def submit(self, item: Any, resolve: Resolve, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """Queue an item; call `resolve` with its outcome, on `loop` where that is given, else on the writer's thread.

        The outcome is what `store` returned for the item, or the exception that its batch raised.
        """
        self._queue.put((item, resolve, loop))

    def _commit_batches(self) -> None:
        running = True
        while running:
            batch = [self._queue.get()]
            while len(batch) < MAX_BATCH and not self._queue.empty():
                batch.append(self._queue.get())
            entries = [entry for entry in batch if entry is not None]
            running = len(entries) == len(batch)
            if entries:
                # A room of a thousand takes 10 ms to be told: who has sent something need not wait for that.
                with hold_back():
                    self._commit_batch(entries)
        connection.close()

    def _commit_batch(self, entries: Sequence[tuple[Any, Resolve, asyncio.AbstractEventLoop | None]]) -> None:
        close_old_connections()
        try:
            outcomes = self._store([item for item, _, _ in entries])
        except Exception as error:
            logger.exception("A batch failed")
            outcomes = [error] * len(entries)
        close_old_connections()
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Resolve, Any]]] = {}
        for (_, resolve, loop), outcome in zip(entries, outcomes, strict=True):
            if loop is None:
                resolve(outcome)
            else:
                by_loop.setdefault(loop, []).append((resolve, outcome))
        for loop, pairs in by_loop.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_resolve_all, pairs)


def _resolve_all(pairs: Sequence[tuple[Resolve, Any]]) -> None:
    for resolve, outcome in pairs:
        resolve(outcome)


_writer: Writer | None = None
_starting = threading.Lock()


def get_running_writer(store: Store) -> Writer:
    """Return the process's writer; start it on first use."""
    global _writer
    with _starting:
        if _writer is None:
            _writer = Writer(store)
            _writer.start()
        return _writer


def stop_writer() -> None:
    """Commit what is queued and end the thread; the next use starts a new one."""
    global _writer
    with _starting:
        if _writer is not None:
            _writer.stop()
            _writer = None


def commit_item(store: Store, item: Any) -> Any:
    """Store one item and return its outcome: through the writer, or at once without one or inside a transaction."""
    writer = _writer
    if writer is None or connection.in_atomic_block:
        return store([item])[0]
    if connection.vendor == "postgresql":  # a pooled connection must not wait for one that waits for the pool
        connection.close()
    future: Future[Any] = Future()
    writer.submit(item, future.set_result)
    return future.result()
