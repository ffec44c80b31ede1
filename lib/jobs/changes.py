"""Notice that another process may have stored a job, without asking for jobs over and over."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.db import connection

from lib.jobs.wake import CHANNEL

logger = logging.getLogger(__name__)

# How often SQLite's file is asked whether it has changed: that reads a number from shared memory, and locks nothing.
LOOK_SECONDS = 0.15
# How soon a lost connection to PostgreSQL is made anew, and how often a quiet one is looked at.
RECONNECT_SECONDS = 1.0
LISTEN_SECONDS = 5.0


class FileChanges:
    """Change counter of SQLite's file, as the connection of one thread sees it."""

    def __init__(self) -> None:
        self._version = 0

    def wait(self, woken: threading.Event, seconds: float) -> None:
        """Wait until the event is set, another connection has committed, or the time is over."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not woken.wait(min(left, LOOK_SECONDS)):
            if self._has_changed():
                return

    def stop(self) -> None:
        """Do nothing: the connection belongs to its thread."""

    def _has_changed(self) -> bool:
        connection.ensure_connection()
        [version] = connection.connection.execute("PRAGMA data_version").fetchone()
        changed, self._version = version != self._version, version
        return changed


class Notifications:
    """Thread that listens to PostgreSQL's notifications on a connection of its own, outside the pool."""

    def __init__(self, woken: threading.Event) -> None:
        self._woken = woken
        self._stopping = threading.Event()
        self._parameters = _read_parameters()
        threading.Thread(target=self._listen_for_notifications, name="atrium-jobs-listen", daemon=True).start()

    def wait(self, woken: threading.Event, seconds: float) -> None:
        """Wait until the event is set, by a notification too, or the time is over."""
        woken.wait(seconds)

    def stop(self) -> None:
        """Let the thread end by itself."""
        self._stopping.set()

    def _listen_for_notifications(self) -> None:
        import psycopg

        while not self._stopping.is_set():
            try:
                with psycopg.connect(**self._parameters, autocommit=True) as listening:
                    listening.execute(f"LISTEN {CHANNEL}")
                    self._woken.set()  # for what was stored before
                    self._hand_over(listening)
            except psycopg.Error:
                logger.info("Nothing is heard of jobs from other processes; workers look by themselves")
                self._stopping.wait(RECONNECT_SECONDS)

    def _hand_over(self, listening: Any) -> None:
        while not self._stopping.is_set():
            for _ in listening.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                self._woken.set()


def watch_changes(woken: threading.Event) -> FileChanges | Notifications:
    """Return what waits for changes by other processes. Call it on the thread that will wait."""
    return Notifications(woken) if connection.vendor == "postgresql" else FileChanges()


def _read_parameters() -> dict[str, Any]:
    settings = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: settings[key] for name, key in named.items() if settings.get(key)}
    options = {name: value for name, value in settings["OPTIONS"].items() if name.startswith(("ssl", "connect_"))}
    return given | options | {"keepalives_idle": 30}
