"""What all workloads share: how long they take, how their figures are named, and the loop that they run on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.benchmarks.load import Loop

Figures = dict[str, float]
Shares = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Effort:
    """How long each measurement takes, in seconds, and how large its world is."""

    seconds: float = 6.0
    warm_up: float = 1.5
    # That are searched.
    messages: int = 20_000


def name_figures(key: str, figure: float, shares: Shares) -> Figures:
    """The figure of a row, and beside it who had the server's core meanwhile."""
    return {key: figure, f"{key} server": shares[0], f"{key} others": shares[1]}


@contextmanager
def open_loop() -> Iterator[Loop]:
    loop = Loop()
    try:
        yield loop
    finally:
        loop.close()
