"""Publish events. Only the `events` modules of the apps do so: they name the events and their topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from lib.realtime import broker
from lib.realtime.hub import Event, hubs


def publish(events: Sequence[Event]) -> None:
    """Deliver events to every socket of every process. Callable from any thread; call it after the commit."""
    for loop, hub in list(hubs.items()):
        if loop is broker.find_running_loop():
            hub.deliver(events)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(hub.deliver, events)
    if broker.connects_processes():
        broker.send_events([astuple(event) for event in events])
