"""Connect to Redis, where a failure is known at once and what is tried again is up to the caller."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis.asyncio import Redis

CHANNEL = "atrium.events"
# Seconds before each further attempt. The first is at once: a restart leaves a dead connection, and a new one works.
RETRY_SECONDS = (0.0, 0.05, 0.1, 0.2)
LAST_RETRY_SECONDS = 0.5
ANSWER_SECONDS = 3.0


@cache
def get_command_client(url: str) -> Any:
    """Return the client of a process without a loop."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    retry = Retry(NoBackoff(), 0)
    return redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS, retry=retry)


def create_client(url: str) -> Redis:
    """Return a client that never retries by itself: what failed is for the caller to know."""
    from redis import asyncio as redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    retry = Retry(NoBackoff(), 0)
    return redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS, retry=retry)


@cache
def name_channel(url: str) -> str:
    """Return the channel of a Redis database: Redis itself shares channels between its databases."""
    from redis.connection import parse_url

    return f"{CHANNEL}.{parse_url(url).get('db', 0)}"


@cache
def list_errors() -> tuple[type[Exception], ...]:
    """Return the errors of a Redis that does not answer."""
    from redis import RedisError  # takes a twentieth of the start, and many installations have no Redis

    return (RedisError, OSError)


def iterate_delays() -> Iterator[float]:
    """Yield the seconds to wait before each further attempt, for ever."""
    return chain(RETRY_SECONDS, repeat(LAST_RETRY_SECONDS))
