"""How long a message takes from its sending to each of 100 members, alone and beside other work."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from tests.benchmarks.load import Loop, Reader
from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.rounds import Effort, Figures, Shares, name_figures, open_loop
from tests.benchmarks.server import CoreWatch, Server
from tests.benchmarks.talk import Talk
from tests.benchmarks.uploader import Uploader
from tests.benchmarks.world import ROOMS

PAGING_READERS = 4
UPLOADERS = 4
MESSAGES_PER_SECOND = 10.0
# Of an upload that is under way all the time.
LARGE = 400 * 1024 * 1024
# Seconds after which more is pushed to the server, where it has not taken all.
PUSHED = 0.001


def measure_latency(product: Product, effort: Effort) -> Figures:
    """Milliseconds from sending to arriving at each of 100 members."""
    with product.start() as server, open_loop() as loop:
        p50, p99, shares = _measure_deliveries(product, effort, loop, server)
    return {"latency-p50": p50} | name_figures("latency-p99", p99, shares)


def measure_latency_reading(product: Product, effort: Effort) -> Figures:
    """The same while four readers page through a long history."""
    with product.start() as server, open_loop() as loop:
        path = product.history("archive")
        readers = [
            Reader(server.port, product.world.people[n], lambda: f"{path}?before={place_anywhere()}")
            for n in range(PAGING_READERS)
        ]
        for reader in readers:
            loop.add(reader)
            reader.ask()
        p50, p99, shares = _measure_deliveries(product, effort, loop, server)
    return {"latency-reading-p50": p50} | name_figures("latency-reading-p99", p99, shares)


def measure_latency_uploading(product: Product, effort: Effort) -> Figures:
    """The 99th percentile while four files are uploaded as fast as the server takes them, and how often that of calm.

    Beside it, MB that came in a second.
    """
    if not isinstance(product, Atrium):
        return {}
    with product.start(STORAGE_QUOTA="0") as server, open_loop() as loop:
        _, calm, _ = _measure_deliveries(product, effort, loop, server)
        uploaders = [Uploader(server.port, product.world.people[n], size=LARGE) for n in range(UPLOADERS)]
        for uploader in uploaders:
            loop.add(uploader)
        sent, since = sum(each.sent for each in uploaders), time.perf_counter()
        _, p99, shares = _measure_deliveries(product, effort, loop, server, beside=uploaders)
        rate = (sum(each.sent for each in uploaders) - sent) / (time.perf_counter() - since) / 1e6
    return name_figures("latency-uploading-p99", p99, shares) | {
        "latency-uploading": p99 / calm,
        "latency-uploading-rate": rate,
    }


def _measure_deliveries(
    product: Product, effort: Effort, loop: Loop, server: Server, beside: Sequence[Uploader] = ()
) -> tuple[float, float, Shares]:
    talk = Talk(product, loop, server, "hundred", people=100, speakers=10)
    sent: list[float] = []
    took: list[float] = []

    def arrived(first: int, count: int) -> None:
        now = time.perf_counter()
        took.extend(now - moment for moment in sent[first : first + count])

    for member in talk.members:
        member.on_delivery = arrived
    started = time.perf_counter()

    def tick() -> float:
        for uploader in beside:
            uploader.push()
        due = started + len(sent) / MESSAGES_PER_SECOND
        if time.perf_counter() >= due:
            sent.append(time.perf_counter())
            talk.speak(len(sent) % len(talk.speakers))
            due += 1 / MESSAGES_PER_SECOND
        return min(due - time.perf_counter(), PUSHED if beside else 1)

    loop.run(effort.warm_up, tick=tick)
    took.clear()
    watch = CoreWatch(server)
    loop.run(effort.seconds * 2, tick=tick)
    talk.finish()
    for member in talk.members:
        loop.remove(member)
    took.sort()
    return took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000, watch.shares()


def place_anywhere() -> int:
    """Return a place in the long history."""
    return random.randint(100, ROOMS["archive"][1])
