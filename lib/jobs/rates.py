"""Bound how often jobs of a kind start, across all processes."""

from __future__ import annotations

from datetime import datetime, timedelta

from lib.jobs.lanes import LONG_AGO, Lane
from lib.jobs.models import Pace


def reserve_start(lane: Lane, now: datetime) -> bool:
    """Tell whether a job of the lane's kind may start now, and close the lane for its pause."""
    next_at = now + timedelta(seconds=lane.pause)
    Pace.objects.get_or_create(kind=lane.kind, defaults={"free_at": LONG_AGO})
    if Pace.objects.filter(kind=lane.kind, free_at__lte=now).update(free_at=next_at):
        lane.closed_until = next_at
        return True
    lane.closed_until = Pace.objects.values_list("free_at", flat=True).get(kind=lane.kind)
    return False
