"""Publish events. Only the `events` modules of the apps do so: they name the events and their topics."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import astuple
from functools import partial

from lib.realtime import broker
from lib.realtime.holding import run_when_released
from lib.realtime.hub import Event, hubs


def publish(events: Sequence[Event]) -> None:
    """Deliver events to every socket of every process. Callable from any thread; call it after the commit."""
    run_when_released(partial(_deliver_events, events))


def _deliver_events(events: Sequence[Event]) -> None:
    for loop, hub in list(hubs.items()):
        if loop is broker.find_running_loop():
            hub.deliver(events)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(hub.deliver, events)
    if broker.connects_processes():
        broker.send_events([astuple(event) for event in events])


def announce_once(topics: Iterable[str], frame: bytes) -> list[Event]:
    """Return the events that tell a frame to the sockets on any of these topics, once to each."""
    ordered = sorted(topics)
    return [Event(topic, frame, told_on=tuple(ordered[:place])) for place, topic in enumerate(ordered)]


class Gathering:
    """Events that may wait a moment: what follows within `seconds` is told together, each socket in one write.

    Of events with the same key, topic and action the last one counts. For an event loop.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: dict[tuple[Hashable, str, str], Event] = {}
        self._resting: asyncio.AbstractEventLoop | None = None

    def publish(self, key: Hashable, events: Sequence[Event]) -> None:
        """Deliver events at once, or together with others when some were delivered a moment ago."""
        for event in events:
            place = key, event.topic, event.action
            self._waiting.pop(place, None)
            self._waiting[place] = event
        if self._resting is not asyncio.get_running_loop():  # a loop that has ended does not count
            self._publish_waiting()

    def _publish_waiting(self) -> None:
        self._resting = None
        if self._waiting:
            # Frames of one topic behind one another are one write; what else is to be done follows them.
            events = sorted(self._waiting.values(), key=_rank_event)
            self._waiting.clear()
            self._resting = asyncio.get_running_loop()
            self._resting.call_later(self._seconds, self._publish_waiting)
            publish(events)


def _rank_event(event: Event) -> tuple[bool, str, Sequence[str]]:
    return event.action != "send", event.topic, event.told_on
