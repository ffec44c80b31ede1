"""Uploads share a rate while the process delivers messages, and take what comes otherwise."""

import asyncio

import pytest

from assets.uploads import pacing
from assets.uploads.pacing import QUIET, RATE, Pace
from lib.realtime.hub import Moment

LARGE = 10 * RATE
wait = asyncio.sleep


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many messages the process has delivered, to be changed."""
    counted = [7]
    monkeypatch.setattr(pacing, "get_current_moment", lambda: Moment(None, counted[0]))
    return counted


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that uploads have waited, which pass at once."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return waited


def test_uploads_share_a_rate_while_messages_are_delivered(delivered: list[int], pauses: list[float]) -> None:
    async def upload() -> None:
        pace = Pace()
        for _ in range(3):
            delivered[0] += 1
            await pace.give_way(RATE // 10)

    asyncio.run(upload())

    assert pauses == pytest.approx([0.1, 0.2, 0.3], abs=0.05)


def test_they_wait_for_nothing_else(delivered: list[int], pauses: list[float]) -> None:
    async def upload() -> None:
        pace = Pace()
        await pace.give_way(0)
        pauses.clear()
        await wait(QUIET)
        await pace.give_way(LARGE)

    asyncio.run(upload())

    assert pauses == []
