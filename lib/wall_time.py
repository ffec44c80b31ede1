"""Find the moments at which the clocks of a time zone show a time, on the days too on which they are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def find_moment(day: date, minutes: int, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
    """Return the moment, in UTC, at which clocks show a time, given in minutes since midnight.

    What they show twice, as they go back, is the first moment, or the last for the end of a span: no span is torn. What
    they skip, as they go forward, is the moment at which they do.
    """
    wall = datetime.combine(day, time(*divmod(minutes, 60)))
    # By PEP 495: the offsets before and after the change.
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if before > after:
        return _find_skip(after, before, zone)
    return after if is_end else before


def _find_skip(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the minute between two moments at which the offset of a zone changes."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) // MINUTE // 2 * MINUTE
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
