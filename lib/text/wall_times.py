"""Turn what a clock on the wall shows into an instant, and back: nine stays nine across clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lib.text.time_zones import find_zone, list_valid_zones

MINUTE = timedelta(minutes=1)


class ChosenTime(NamedTuple):
    """Moment that a user has chosen: the instant, in UTC, and what the clock shows then in which zone."""

    instant: datetime
    wall: str
    zone: str


def choose_time(moment: datetime, zone_name: str) -> ChosenTime:
    """Return a moment with what the clock of a zone shows: an aware one is an instant, a naive one a wall time.

    Seconds of a wall time count, its microseconds don't. Raise ValueError for an unknown zone.
    """
    zone = find_zone(zone_name) if zone_name in list_valid_zones() else None
    if zone is None:
        raise ValueError(zone_name)
    instant = moment.astimezone(UTC) if moment.tzinfo else resolve_wall_time(moment, zone)
    return ChosenTime(instant, format_wall_time(instant, zone), zone_name)


def resolve_wall_time(wall: datetime, zone: tzinfo) -> datetime:
    """Return the instant, in UTC, at which the clock of a zone shows a naive time.

    One that the clock leaves out in spring is moved forward by what it leaves out; of one that comes twice in autumn
    it is the first.
    """
    # Python takes the offset from before the change for both (PEP 495, fold=0).
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def renew_instant(instant: datetime, wall: str, zone_name: str) -> datetime:
    """Return the instant of a stored wall time: another one once the rules of its zone have changed.

    The given one stays while the clock shows the wall time then, also where that comes twice; and for a zone that is
    gone.
    """
    zone = find_zone(zone_name)
    if zone is None or format_wall_time(instant, zone) == wall:
        return instant
    return resolve_wall_time(datetime.fromisoformat(wall), zone)


def format_wall_time(instant: datetime, zone: tzinfo) -> str:
    """Return what the clock of a zone shows at an instant: `2026-03-29T09:00:00`."""
    return instant.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")


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


def next_monday(day: date) -> date:
    """Return the first Monday after a day."""
    return day + timedelta(days=7 - day.weekday())


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
