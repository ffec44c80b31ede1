"""Tell on a terminal, or in a log, how far a long task is."""

from __future__ import annotations

import time
from typing import Protocol

# Of a log: a line so often.
SECONDS_BETWEEN_LINES = 10.0


class Stream(Protocol):
    """Standard output, or what Django's commands write to."""

    def write(self, text: str, /) -> object: ...

    def flush(self) -> None: ...

    def isatty(self) -> bool: ...


class Progress:
    """A line that says how much of a task is done and how long the rest will take: rewritten on a terminal."""

    def __init__(self, task: str, total: int, stream: Stream) -> None:
        self.task, self.total, self.stream = task, total, stream
        self.done = 0
        self.began = self.told = time.monotonic()

    def advance(self, number: int) -> None:
        """Count what was done since. The last line is always written."""
        self.done += number
        now = time.monotonic()
        is_last = self.done >= self.total
        if self.stream.isatty():
            self._write_text(f"\r{self._describe_progress(now)}\033[K" + "\n" * is_last)
        elif is_last or now - self.told >= SECONDS_BETWEEN_LINES:
            self._write_text(f"{self._describe_progress(now)}\n")

    def _write_text(self, text: str) -> None:
        self.told = time.monotonic()
        self.stream.write(text)
        self.stream.flush()

    def _describe_progress(self, now: float) -> str:
        line = f"  {self.task}: {self.done:,} of {self.total:,}"
        if self.done >= self.total:
            return line
        seconds = (now - self.began) / self.done * (self.total - self.done)
        return f"{line}, {format_duration(seconds)} left"


def format_duration(seconds: float) -> str:
    """Return a duration as one would guess it: `1 min 20 s`, `2 h 5 min`. At least a second."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    if minutes < 1:
        return f"{whole} s"
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
