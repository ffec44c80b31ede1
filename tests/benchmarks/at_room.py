"""How soon `@room` is acknowledged in a room of 1,000 and in one of 10, and all of the large one are notified."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from uuid import uuid4

from tests.benchmarks.load import Loop, Member, Tally
from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.rounds import Effort, Figures, open_loop
from tests.benchmarks.server import Server

SMALL, LARGE = "ten", "thousand"
SECONDS_EACH = 0.3
AT_LEAST, WARM_UP = 8, 3
PATIENCE = 20.0
QUIET = 0.3
NOTIFIED = b'{"type":"notification.created"'


class Crowd:
    """A thousand sockets, one for each member of the large room. The first member is the author of all messages."""

    def __init__(self, product: Product, loop: Loop, server: Server) -> None:
        self._product, self._loop, self._server = product, loop, server
        self._tally = Tally()
        self.size = len(product.world.people)
        self._author = self._join_room(0, watch=b'{"type":"ack"')
        for person in range(1, self.size):
            self._join_room(person)
        loop.settle()

    def post(self, room: str, told: int) -> tuple[float, float]:
        """Post a message to all; return the seconds until it is acknowledged, and until `told` users are notified."""
        acknowledged, notified = self._author.frames.watched + 1, self._tally.delivered + told
        payload, sent = self._product.saying(room, "@room the crane is here", uuid4().hex), time.perf_counter()
        self._author.say(payload)
        times = (
            self._await_condition(lambda: self._author.frames.watched >= acknowledged, sent),
            self._await_condition(lambda: self._tally.delivered >= notified, sent),
        )
        self._loop.settle(quiet=QUIET)
        return times

    def _join_room(self, person: int, watch: bytes = b"") -> Member:
        header = self._product.world.people[person]
        member = Member(self._server.port, "/ws/", header, marker=NOTIFIED, watch=watch, tally=self._tally)
        self._loop.add(member)
        if person % 20 == 0:
            self._loop.run(0.01)
        return member

    def _await_condition(self, condition: Callable[[], bool], since: float) -> float:
        if not self._loop.run(PATIENCE, until=condition):
            raise RuntimeError(f"{self._product.name}: {self._tally.delivered} notifications came, not all")
        return time.perf_counter() - since


def measure_at_room(product: Product, effort: Effort) -> Figures:
    """Milliseconds until `@room` is acknowledged, in both rooms by turns, and all of the large one are notified."""
    if not isinstance(product, Atrium):
        return {}
    with product.start() as server, open_loop() as loop:
        crowd = Crowd(product, loop, server)
        small, large = [], []
        for number in range(WARM_UP + max(AT_LEAST, round(effort.seconds / SECONDS_EACH))):
            few, many = crowd.post(SMALL, 9), crowd.post(LARGE, crowd.size - 1)
            if number >= WARM_UP:
                small.append(few)
                large.append(many)
    return {
        "at-room": median(each[0] for each in large) / median(each[0] for each in small),
        "at-room-ack": median(each[0] for each in large) * 1000,
        "at-room-ack-small": median(each[0] for each in small) * 1000,
        "at-room-notified": median(each[1] for each in large) * 1000,
        "at-room-notified-worst": max(each[1] for each in large) * 1000,
    }
