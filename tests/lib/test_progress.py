"""What a long task says of itself."""

from io import StringIO

import pytest

from lib import progress
from lib.progress import Progress, format_duration


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_terminal_has_one_line_that_says_how_long_it_takes(clock: list[float]) -> None:
    terminal = Terminal()
    line = Progress("Indexing", 4_000, terminal)
    clock[0] += 30
    line.advance(1_000)
    clock[0] += 90
    line.advance(3_000)

    assert terminal.getvalue() == (
        "\r  Indexing: 1,000 of 4,000, 1 min 30 s left\033[K\r  Indexing: 4,000 of 4,000\033[K\n"
    )


def test_a_log_gets_a_line_now_and_then_and_the_last_one(clock: list[float]) -> None:
    log = StringIO()
    line = Progress("Indexing", 4, log)
    for seconds in (1, 12, 1, 1):
        clock[0] += seconds
        line.advance(1)

    assert log.getvalue() == "  Indexing: 2 of 4, 13 s left\n  Indexing: 4 of 4\n"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (3_599, "59 min 59 s"), (7_500, "2 h 5 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text
