"""Send and receive events through Redis, so that a restart of it loses none unnoticed.

Redis keeps nothing for a subscriber that is away, and takes what nobody hears. So a message that failed is sent again
on a new connection, each sender numbers its messages, and a receiver that may have missed some reports it: after each
new subscription, and when a number was skipped.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson

from lib.cache import LRUCache
from lib.realtime.cancellation import is_cancelled
from lib.realtime.redis_client import (
    RETRY_SECONDS,
    create_client,
    get_command_client,
    iterate_delays,
    list_errors,
    name_channel,
)

if TYPE_CHECKING:
    from redis.asyncio.client import PubSub

logger = logging.getLogger(__name__)

# The fields of an event, as they go through Redis. Its frame is JSON, so UTF-8.
Fields = Sequence[Any]

PROCESS = uuid.uuid4().hex
# What could not be sent for so long is dropped: other processes compare themselves with the database.
GIVE_UP_SECONDS = 5.0
KEEP_ALIVE_SECONDS = 2.0
# After a restart a message waits so long for the processes that heard the one before.
RECEIVERS_SECONDS = 0.7
RECEIVERS_PAUSE_SECONDS = 0.02
# A subscription that is quiet for so long is asked for a sign of life: a network that is lost tells nothing.
QUIET_SECONDS = 5.0
MAX_EVENTS_PER_MESSAGE = 64
MAX_WAITING_EVENTS = 10_000
MAX_KNOWN_SENDERS = 1_000


class MessageEncoder:
    """Encoder of one sender, which numbers its messages."""

    _senders = count()

    def __init__(self) -> None:
        self._sender = f"{PROCESS}.{next(self._senders)}"
        self._number = 0

    def encode(self, events: Sequence[Fields]) -> bytes:
        """Return the next message."""
        self.skip_number()
        return orjson.dumps([self._sender, self._number, events], default=bytes.decode)

    def skip_number(self) -> None:
        """Leave out a number, so that receivers learn of events that were dropped."""
        self._number += 1


class EventSender:
    """Queue of the events of one loop, sent in order by a task that lives only while events wait."""

    def __init__(self, url: str) -> None:
        self._redis = create_client(url)
        self._channel = name_channel(url)
        self._encoder = MessageEncoder()
        self._waiting: deque[Fields] = deque()
        self._receivers = 0
        self._task: asyncio.Task[None] | None = None

    def put(self, events: Sequence[Fields]) -> None:
        """Queue events and return at once."""
        if len(self._waiting) > MAX_WAITING_EVENTS:
            self._drop_waiting()
        self._waiting.extend(events)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._send_waiting())

    async def keep_alive(self) -> None:
        """Send a message without events now and then, for ever: so it is known how many processes listen."""
        while not is_cancelled():
            self.put([])
            await asyncio.sleep(KEEP_ALIVE_SECONDS)

    async def _send_waiting(self) -> None:
        while not is_cancelled():
            taken = min(len(self._waiting), MAX_EVENTS_PER_MESSAGE)
            await self._send_message(self._encoder.encode([self._waiting.popleft() for _ in range(taken)]))
            if not self._waiting:
                return

    async def _send_message(self, message: bytes) -> None:
        since = time.monotonic()
        for attempt, delay in enumerate(iterate_delays()):
            try:
                if attempt:
                    await self._wait_for_receivers()
                self._receivers = await self._redis.publish(self._channel, message)
            except list_errors() as error:
                if time.monotonic() - since > GIVE_UP_SECONDS:
                    logger.error("Redis does not answer: other processes learn of changes late (%s)", error)
                    return self._drop_waiting()
            else:
                return
            if is_cancelled():
                return
            await asyncio.sleep(delay)

    async def _wait_for_receivers(self) -> None:
        """Wait until as many processes as before have subscribed again, for `RECEIVERS_SECONDS` at most.

        The first may have subscribed since the last message, so one is waited for in any case.
        """
        deadline = time.monotonic() + RECEIVERS_SECONDS
        while time.monotonic() < deadline:
            [(_, receivers)] = await self._redis.pubsub_numsub(self._channel)
            if receivers >= max(self._receivers, 1):
                return
            await asyncio.sleep(RECEIVERS_PAUSE_SECONDS)

    def _drop_waiting(self) -> None:
        self._waiting.clear()
        self._encoder.skip_number()


class EventReceiver:
    """Receiver of what the senders of other processes announce, each message once."""

    def __init__(
        self,
        url: str,
        deliver: Callable[[Sequence[Fields]], None],
        report_loss: Callable[[], None],
        ready: asyncio.Event,
    ) -> None:
        self._redis = create_client(url)
        self._channel = name_channel(url)
        self._deliver = deliver
        self._report_loss = report_loss
        self._ready = ready
        self._last_numbers: LRUCache[str, int] = LRUCache(MAX_KNOWN_SENDERS)

    async def run(self) -> None:
        """Receive for ever and through restarts of Redis."""
        delays = iterate_delays()
        while not is_cancelled():
            try:
                async with self._open_subscription() as subscription:
                    delays = iterate_delays()
                    await self._receive_messages(subscription)
            except list_errors() as error:
                logger.warning("Redis does not answer: nothing is heard of other processes (%s)", error)
                self._ready.set()
                await asyncio.sleep(next(delays))

    @asynccontextmanager
    async def _open_subscription(self) -> AsyncIterator[PubSub]:
        subscription = self._redis.pubsub()
        try:
            await subscription.subscribe(self._channel)
            yield subscription
        finally:
            await subscription.aclose()

    async def _receive_messages(self, subscription: PubSub) -> None:
        """Hand over messages until the connection fails, or the task is cancelled.

        The confirmation of a subscription is a message too, and the only proof: redis-py may connect again by itself.
        """
        asked = False
        while not is_cancelled():
            message = await subscription.get_message(timeout=QUIET_SECONDS)
            if message is None:
                if asked:
                    raise TimeoutError("no sign of life")
                await subscription.ping()
                asked = True
                continue
            asked = False
            if message["type"] == "subscribe":
                self._note_subscription()
            elif message["type"] == "message":
                self._accept(orjson.loads(message["data"]))

    def _note_subscription(self) -> None:
        if self._ready.is_set():
            self._report_loss()
        self._ready.set()

    def _accept(self, message: tuple[str, int, list[list[Any]]]) -> None:
        """Deliver a message of another process, unless it came before: Redis may take one and report an error."""
        sender, number, events = message
        if sender.startswith(PROCESS):
            return
        last = self._last_numbers.get(sender)
        if last is not None and number <= last:
            return
        self._last_numbers.put(sender, number)
        if last is not None and number > last + 1:
            self._report_loss()
        self._deliver([(topic, frame.encode(), *rest) for topic, frame, *rest in events])


def publish_now(url: str, events: Sequence[Fields]) -> None:
    """Send events from a process without a loop, such as a command; wait until Redis has taken them."""
    with _command_lock:
        message = _get_command_encoder().encode(events)
        for delay in RETRY_SECONDS:
            try:
                get_command_client(url).publish(name_channel(url), message)
            except list_errors() as error:
                failure: Exception = error
            else:
                return
            time.sleep(delay)
    logger.error("Redis does not answer: servers learn of changes late (%s)", failure)


_command_lock = Lock()


@cache
def _get_command_encoder() -> MessageEncoder:
    return MessageEncoder()
