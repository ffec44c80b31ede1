"""People in a room who talk as fast as the product lets them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import uuid4

from tests.benchmarks.load import Loop, Member, Tally
from tests.benchmarks.products import Product
from tests.benchmarks.server import Server
from tests.benchmarks.words import TEXTS, sentence

# Messages on their way to a room at the same time; the next is sent when one has reached all of its members.
IN_FLIGHT = 8
DELIVERY_SECONDS = 30.0


class Talk:
    """Members of a room of whom some speak, each waiting for its acknowledgement before it goes on."""

    def __init__(
        self,
        product: Product,
        loop: Loop,
        server: Server,
        room: str,
        *,
        people: int,
        speakers: int,
        words: Sequence[str] = TEXTS,
    ) -> None:
        self.product, self.loop, self.room, self.words = product, loop, room, words
        self.members: list[Member] = []
        self.tally = Tally()
        for person in range(people):
            member = product.join(server.port, room, person, self.tally, speaks=person < speakers)
            self.members.append(member)
            loop.add(member)
            if person % 20 == 0:
                loop.run(0.01)
        loop.settle()
        self.speakers = self.members[:speakers]
        self._said = [0] * speakers
        self.said = 0

    def speak(self, speaker: int) -> None:
        """One more message by this speaker."""
        self._said[speaker] += 1
        self.said += 1
        content = sentence(random.randrange(10_000), self.words)
        self.speakers[speaker].say(self.product.saying(self.room, content, f"{speaker}-{uuid4().hex}"))

    def go_on(self) -> None:
        """Let everybody speak who has been acknowledged, while the room keeps up."""
        room_for = len(self.members) * IN_FLIGHT
        for speaker, said in enumerate(self._said):
            if said == self.speakers[speaker].frames.watched:
                if self.said * len(self.members) - self.tally.delivered >= room_for:
                    return
                self.speak(speaker)

    @property
    def complete(self) -> bool:
        """Everything said was acknowledged, and has reached everybody."""
        return all(member.delivered == self.said for member in self.members) and all(
            said == speaker.frames.watched for said, speaker in zip(self._said, self.speakers, strict=True)
        )

    def finish(self) -> None:
        if not self.loop.run(DELIVERY_SECONDS, until=lambda: self.complete):
            missing = self.said * len(self.members) - self.tally.delivered
            raise RuntimeError(f"{self.product.name}: {missing} of {self.said} messages' deliveries are missing")
