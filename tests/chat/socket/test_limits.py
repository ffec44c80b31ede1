"""Who sends too many frames is slowed, then closed."""

import pytest

from chat.socket import limits
from chat.socket.limits import BURST, FRAMES_PER_SECOND, FrameLimit


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    return now


def allowed(limit: FrameLimit, frames: int) -> int:
    return sum(limit.allows() for _ in range(frames))


def test_a_burst_passes_and_then_so_many_a_second(clock: list[float]) -> None:
    limit = FrameLimit()

    assert allowed(limit, 100) == BURST
    clock[0] += 1
    assert allowed(limit, 100) == FRAMES_PER_SECOND
    clock[0] += 0.5
    assert allowed(limit, 100) == FRAMES_PER_SECOND / 2


def test_waiting_saves_up_no_more_than_a_burst(clock: list[float]) -> None:
    limit = FrameLimit()
    clock[0] += 3600

    assert allowed(limit, 100) == BURST


def test_refusals_add_up_until_the_client_slows_down(clock: list[float]) -> None:
    limit = FrameLimit()
    allowed(limit, int(BURST) + 10)
    clock[0] += 0.5
    allowed(limit, 15)
    assert limit.refusals == 15

    clock[0] += 10
    allowed(limit, 1)
    assert limit.refusals == 0
