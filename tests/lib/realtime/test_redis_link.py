"""Between processes: what is announced arrives once, in order, through restarts of Redis; a loss is reported."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import redis

from lib.realtime import redis_link
from lib.realtime.redis_client import name_channel
from lib.realtime.redis_link import EventReceiver, EventSender, MessageEncoder, publish_now
from tests.redis_server import RedisServer, needs_redis_server

pytestmark = needs_redis_server

RESTARTS = 20


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@pytest.fixture(autouse=True)
def other_process(monkeypatch: pytest.MonkeyPatch, server: RedisServer) -> None:
    """Let a receiver take what this process sends for another's."""
    monkeypatch.setattr(redis_link, "PROCESS", "receiving")
    if server.process is None:
        server.start()


def event(n: int) -> tuple[Any, ...]:
    return ("room:1", b'{"n":%d,"text":"\xc3\xbc"}' % n, "send", "", n)


class Heard:
    def __init__(self) -> None:
        self.events: list[Any] = []
        self.losses = 0

    def deliver(self, events: Any) -> None:
        self.events += events

    def report_loss(self) -> None:
        self.losses += 1

    async def has(self, condition: Callable[[], Any], seconds: float = 1.0) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.005)


@asynccontextmanager
async def receiving(url: str) -> AsyncIterator[Heard]:
    heard, ready = Heard(), asyncio.Event()
    task = asyncio.create_task(EventReceiver(url, heard.deliver, heard.report_loss, ready).run())
    await ready.wait()
    yield heard
    task.cancel()


def sender(url: str) -> EventSender:
    """A sender of another process than the receiver's."""
    sending = EventSender(url)
    sending._encoder._sender = "sending.1"
    return sending


def test_events_arrive_as_they_were_in_order(server: RedisServer) -> None:
    async def talk() -> list[Any]:
        async with receiving(server.url) as heard:
            sending = sender(server.url)
            for n in range(500):
                sending.put([event(n)])
            await heard.has(lambda: len(heard.events) == 500)
            assert heard.losses == 0
            return heard.events

    assert asyncio.run(talk()) == [event(n) for n in range(500)]


def test_the_first_event_after_a_quiet_restart_arrives_within_a_second(server: RedisServer) -> None:
    async def talk() -> None:
        async with receiving(server.url) as heard:
            sending = sender(server.url)
            for n in range(RESTARTS):
                losses = heard.losses
                await asyncio.to_thread(server.restart)
                await heard.has(lambda losses=losses: heard.losses > losses)
                sending.put([event(n)])
                await heard.has(lambda n=n: heard.events[-1:] == [event(n)])
            assert heard.events == [event(n) for n in range(RESTARTS)]

    asyncio.run(talk())


def test_events_announced_while_redis_is_away_arrive_or_are_reported_lost(server: RedisServer) -> None:
    async def talk() -> None:
        async with receiving(server.url) as heard:
            sending = sender(server.url)
            server.kill()
            for n in range(50):
                sending.put([event(n)])
                await asyncio.sleep(0.01)
            await asyncio.to_thread(server.start)
            await heard.has(lambda: heard.losses, seconds=2)
            sending.put([event(50)])
            await heard.has(lambda: heard.events[-1:] == [event(50)], seconds=2)

    asyncio.run(talk())


def test_what_was_given_up_is_reported_lost(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_link, "GIVE_UP_SECONDS", 0.0)

    async def talk() -> None:
        async with receiving(server.url) as heard:
            sending = sender(server.url)
            sending.put([event(0)])
            await heard.has(lambda: heard.events)
            with monkeypatch.context() as patch:
                patch.setattr(sending._redis, "publish", _fail)
                sending.put([event(1)])
                await heard.has(lambda: sending._task.done())
            assert heard.losses == 0
            sending.put([event(2)])
            await heard.has(lambda: heard.losses)
            assert heard.events == [event(0), event(2)]

    asyncio.run(talk())


async def _fail(*_: Any) -> None:
    raise redis.ConnectionError


def test_a_message_that_comes_twice_is_delivered_once(server: RedisServer) -> None:
    async def talk() -> None:
        async with receiving(server.url) as heard:
            client, encoder = redis.from_url(server.url), MessageEncoder()
            encoder._sender = "sending.2"
            first, second = encoder.encode([event(1)]), encoder.encode([event(2)])
            for message in (first, first, second, first, second):
                client.publish(name_channel(server.url), message)
            await heard.has(lambda: len(heard.events) == 2)
            await asyncio.sleep(0.05)
            assert (heard.events, heard.losses) == ([event(1), event(2)], 0)

    asyncio.run(talk())


def test_a_process_does_not_hear_itself_nor_another_database(server: RedisServer) -> None:
    async def talk() -> None:
        async with receiving(server.url) as heard:
            EventSender(server.url).put([event(1)])
            sender(server.url.replace("/0", "/1")).put([event(2)])
            sending = sender(server.url)
            sending.put([event(3)])
            await heard.has(lambda: heard.events)
            assert heard.events == [event(3)]

    asyncio.run(talk())


def test_a_command_without_a_loop_is_heard_after_a_restart(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk() -> None:
        redis_link._get_command_encoder()._sender = "sending.3"
        async with receiving(server.url) as heard:
            await asyncio.to_thread(publish_now, server.url, [event(1)])
            await heard.has(lambda: heard.events)
            await asyncio.to_thread(server.restart)
            await heard.has(lambda: heard.losses)
            await asyncio.to_thread(publish_now, server.url, [event(2)])
            await heard.has(lambda: heard.events == [event(1), event(2)])

    asyncio.run(talk())


def test_a_redis_that_stands_still_is_left_for_a_new_connection(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_link, "QUIET_SECONDS", 0.05)

    async def talk() -> None:
        async with receiving(server.url) as heard:
            await asyncio.sleep(0.3)
            assert heard.losses == 0  # it was quiet, and answered
            client = redis.from_url(server.url)
            client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
            await heard.has(lambda: heard.losses)
            client.execute_command("CLIENT", "PAUSE", "400", "ALL")
            await heard.has(lambda: heard.losses >= 2, seconds=3)

    asyncio.run(talk())
