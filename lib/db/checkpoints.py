"""Write SQLite's journal back into the database on a thread of its own, so that no commit waits for the disk.

Otherwise each commit that finds 4 MB in the journal does so itself: one message of a hundred waited 10 ms for it.
"""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

# Seconds between two checkpoints, and after one that failed.
INTERVAL = 1.0
RETRY_INTERVAL = 60.0


class Checkpointer:
    """Thread that writes back what was committed, while others read and write. A long reader only makes it later."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._write_back_often, name="atrium-checkpoints", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what is left in the journal is written back with the last connection."""
        self._stopping.set()
        self._thread.join()

    def _write_back_often(self) -> None:
        pause = INTERVAL
        while not self._stopping.wait(pause):
            try:
                write_back_journal()
                pause = INTERVAL
            except DatabaseError:
                logger.exception("The journal was not written back")
                pause = RETRY_INTERVAL
        connection.close()


def write_back_journal() -> None:
    """Copy committed pages from the journal into the database; wait for no reader or writer."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


_checkpointer: Checkpointer | None = None


def start_checkpoints() -> None:
    """Start the process's thread where the database is SQLite."""
    global _checkpointer
    if _checkpointer is None and connection.vendor == "sqlite":
        _checkpointer = Checkpointer()
        _checkpointer.start()


def stop_checkpoints() -> None:
    """End the thread where there is one."""
    global _checkpointer
    if _checkpointer is not None:
        _checkpointer.stop()
        _checkpointer = None
