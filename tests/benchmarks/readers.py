"""Browsers that load a room's page while people write in it."""

from __future__ import annotations

import time

from tests.benchmarks.load import Loop, Reader
from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.rounds import Effort, Figures, name_figures, open_loop
from tests.benchmarks.server import CoreWatch, Server
from tests.benchmarks.talk import Talk

ROOM = "hundred"
READERS = 20
MESSAGES_PER_SECOND = 1.0
# As many as a page shows.
SAID_BEFORE = 50


def measure_live_page(product: Product, effort: Effort) -> Figures:
    """Pages a second of a room that gets a message each second, loaded by twenty of its members."""
    if not isinstance(product, Atrium):
        return {}
    with product.start() as server, open_loop() as loop:
        talk = Talk(product, loop, server, ROOM, people=READERS, speakers=1)
        for _ in range(SAID_BEFORE):
            talk.speak(0)
            talk.finish()
        readers = _open_readers(product, server, loop)
        started, said = time.perf_counter(), 0

        def tick() -> float:
            nonlocal said
            due = started + said / MESSAGES_PER_SECOND
            if time.perf_counter() >= due:
                said += 1
                talk.speak(0)
                due += 1 / MESSAGES_PER_SECOND
            return due - time.perf_counter()

        loop.run(effort.warm_up, tick=tick)
        before, since = sum(reader.answers for reader in readers), time.perf_counter()
        watch = CoreWatch(server)
        loop.run(effort.seconds, tick=tick)
        rate = (sum(reader.answers for reader in readers) - before) / (time.perf_counter() - since)
        return name_figures("page-live", rate, watch.shares())


def _open_readers(product: Atrium, server: Server, loop: Loop) -> list[Reader]:
    """Open a browser for each reader; in a build that knows one alone, for the same person."""
    cookies = product.world.browsers or [product.world.browser] * READERS
    readers = [Reader(server.port, cookie, lambda: product.page(ROOM)) for cookie in cookies[:READERS]]
    for reader in readers:
        loop.add(reader)
        reader.ask()
    return readers
