"""A hundred and fifty wrong sign-ins at once, and what everybody else notices of them."""

from __future__ import annotations

import json
import socket
import time

from tests.benchmarks.load import READ_SIZE, Loop, Reader, view
from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.rounds import Effort, Figures, open_loop
from tests.benchmarks.server import Server
from tests.benchmarks.wire import HOST, Refused

ATTEMPTS = 150
PAGES_PER_SECOND = 25.0
# How long all of them may take to be answered.
ANSWER_SECONDS = 120.0


def measure_sign_ins(product: Product, effort: Effort) -> Figures:
    """The p99 of a room's page while the sign-ins are answered, as a multiple of that in calm.

    With its limits on, as it runs for others: what exceeds the queue of the sign-ins is refused at once.
    """
    if not isinstance(product, Atrium):
        return {}
    with product.start(THROTTLE="on") as server, open_loop() as loop:
        pages = PacedReader(product, server, loop)
        loop.run(effort.warm_up, tick=pages.tick)
        pages.took.clear()
        loop.run(effort.seconds, tick=pages.tick)
        calm = pages.p99()
        pages.took.clear()
        attempts = [Attempt(server.port, number) for number in range(ATTEMPTS)]
        for attempt in attempts:
            loop.add(attempt)
        answered = loop.run(ANSWER_SECONDS, until=lambda: all(attempt.status for attempt in attempts), tick=pages.tick)
        if not answered or {attempt.status for attempt in attempts} - {401, 503}:
            raise Refused(f"Sign-ins were answered {sorted(attempt.status for attempt in attempts)}")
        return {"sign-ins": pages.p99() / calm}


class PacedReader:
    """A browser that asks for a page so many times a second, and notes how long each took from when it was due."""

    def __init__(self, product: Atrium, server: Server, loop: Loop) -> None:
        self.took: list[float] = []
        self._reader = Reader(server.port, product.world.browser, lambda: product.page("hundred"))
        self._reader.asking = False
        self._answers = 0
        self._due = time.perf_counter()
        self._asked: float | None = None
        loop.add(self._reader)

    def tick(self) -> float:
        """Note an answer and ask for the next page when it is due; return in how many seconds that is."""
        now = time.perf_counter()
        if self._asked is not None and self._reader.answers > self._answers:
            self._answers = self._reader.answers
            self.took.append(now - self._asked)
            self._asked = None
        if self._asked is None and now >= self._due:
            self._asked, self._due = self._due, max(self._due + 1 / PAGES_PER_SECOND, now)
            self._reader.ask()
        return max(0.0, self._due - now)

    def p99(self) -> float:
        """Return the time that one page of a hundred exceeds."""
        took = sorted(self.took)
        return took[len(took) * 99 // 100]


class Attempt:
    """A sign-in with an address that nobody has. `status` is 0 until it is answered."""

    def __init__(self, port: int, number: int) -> None:
        body = json.dumps({"email": f"nobody-{number}@elsewhere-{number}.example", "password": "a-wrong-one"})
        self.status = 0
        self.sock = socket.create_connection((HOST, port), timeout=ANSWER_SECONDS)
        self.sock.sendall(
            f"POST /api/v1/auth/token HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )

    def readable(self) -> int:
        """Take the status of the answer; the rest of it is read and dropped."""
        size = self.sock.recv_into(view[:READ_SIZE])
        if not self.status:
            self.status = int(bytes(view[9:12]))
        return size
