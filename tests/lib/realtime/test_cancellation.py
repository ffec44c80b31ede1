"""A task that tries for ever ends when it is cancelled, even if a library swallows the cancellation."""

import asyncio
from contextlib import suppress

from lib.realtime.cancellation import is_cancelled


async def swallow() -> None:
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(60)


async def work() -> int:
    rounds = 0
    while not is_cancelled():
        await swallow()
        rounds += 1
    return rounds


def test_a_swallowed_cancellation_is_noticed() -> None:
    async def run() -> int:
        task = asyncio.create_task(work())
        await asyncio.sleep(0)
        task.cancel()
        async with asyncio.timeout(5):
            return await task

    assert asyncio.run(run()) == 1
