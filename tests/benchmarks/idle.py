"""What a server costs while nobody does anything: its sockets, what it looks after by itself, and its worker."""

from __future__ import annotations

from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.rounds import Effort, Figures, open_loop
from tests.benchmarks.talk import Talk

SOCKETS = 1000
SETTLE_SECONDS = 5.0
# Of the seconds that other workloads take: what recurs every ten seconds is seen three times.
LONGER = 5


def measure_idle(product: Product, effort: Effort) -> Figures:
    """Milliseconds of processor time in a second, with 1,000 sockets and the worker that is part of `serve`."""
    if not isinstance(product, Atrium):
        return {}
    with product.start() as server, open_loop() as loop:
        Talk(product, loop, server, "thousand", people=SOCKETS, speakers=0)
        loop.run(SETTLE_SECONDS)
        before, seconds = server.exact_cpu_seconds, effort.seconds * LONGER
        loop.run(seconds)
        return {"idle": (server.exact_cpu_seconds - before) / seconds * 1000}
