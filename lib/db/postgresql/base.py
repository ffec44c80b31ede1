"""Django's backend for PostgreSQL, which leaves dead connections behind and tries again to connect.

A restart of the database, or of anything between, cuts all connections of a pool. psycopg's pool finds them one by one
and sleeps after each (1, 2, 4 s, until it gives up), though the database has long been back. Here the first dead
connection replaces the whole pool.

Only connecting is tried again, which Django never does inside a transaction: a statement that may have been carried out
is not sent twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg_pool import ConnectionPool, PoolClosed

logger = logging.getLogger(__name__)

# Seconds before each further attempt: twice as long each time.
FIRST_RETRY_SECONDS = 0.1
LAST_RETRY_SECONDS = 2.0
# After so many dead connections, among them those of a new pool, the database itself ends them.
MAX_DEAD = 20


class DatabaseWrapper(base.DatabaseWrapper):
    """Connection that a thread takes out of a pool, and that has just answered."""

    # Aliases of databases whose pool may hold dead connections, or can't connect at present.
    _suspects: set[str] = set()
    _replacing = Lock()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """Return a live connection; raise what connecting raises after `DATABASE_RETRIES` further attempts."""
        delays, dead = _iterate_delays(), 0
        while True:
            try:
                if self.alias in self._suspects:
                    self._replace_pool(conn_params)
                connection: Connection[Any] = super().get_new_connection(conn_params)
                if not self.pool or _is_alive(connection):
                    return connection
                dead += 1
                self._discard(connection)
                if dead > MAX_DEAD:
                    raise self.Database.OperationalError("connections end as soon as they are open")
            except PoolClosed:  # another thread has just replaced the pool
                continue
            except self.Database.OperationalError as error:
                self._suspects.add(self.alias)
                self._wait_to_retry(next(delays, None), error)

    def _discard(self, connection: Any) -> None:
        pool: ConnectionPool[Any] = connection._pool
        pool.putconn(connection)
        if pool is self.pool:
            self._suspects.add(self.alias)

    def _replace_pool(self, conn_params: dict[str, Any]) -> None:
        """Replace the pool once the database can be reached: a new one connects at once, and waits for nothing."""
        pool = self.pool
        self.Database.connect(**conn_params).close()
        with self._replacing:
            if self.alias in self._suspects and pool is self.pool:
                self._suspects.discard(self.alias)
                if pool:
                    del self._connection_pools[self.alias]  # type: ignore[attr-defined]
                    pool.close(timeout=0)

    def _wait_to_retry(self, seconds: float | None, error: Exception) -> None:
        """Wait before the next attempt; without one raise the error."""
        if seconds is None:
            raise error
        level = logging.WARNING if settings.DEBUG else logging.INFO
        logger.log(level, "The database can't be reached; trying again in %.1f s (%s)", seconds, error)
        time.sleep(seconds)


def _iterate_delays() -> Iterator[float]:
    for attempt in range(settings.DATABASE_RETRIES):
        yield min(FIRST_RETRY_SECONDS * 2**attempt, LAST_RETRY_SECONDS)


def _is_alive(connection: Connection[Any]) -> bool:
    """Tell whether the database answers on a connection. That costs one empty query."""
    try:
        ConnectionPool.check_connection(connection)
    except Exception:
        return False
    return True
