"""What the clocks show, and when: ordinary days, and the nights on which they are changed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lib.wall_time import find_moment


@pytest.mark.parametrize(
    ("zone", "day", "clock", "first", "last"),
    [
        ("Europe/Berlin", "2026-11-27", "09:00", "2026-11-27T08:00", "2026-11-27T08:00"),
        # Forward: from 2:00 to 3:00, to 3:00, and by half an hour.
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00", "2026-03-29T01:00"),
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00", "2026-03-08T07:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30", "2026-10-03T15:30"),
        # At midnight, so that the day begins at 1:00.
        ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:00", "2026-04-23T22:00"),
        # Back: what is shown twice.
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30", "2026-10-25T01:30"),
        ("America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00", "2026-11-01T06:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45", "2026-04-04T15:15"),
        ("Asia/Kathmandu", "2026-03-29", "02:30", "2026-03-28T20:45", "2026-03-28T20:45"),
    ],
)
def test_a_time_of_a_day_is_a_moment(zone: str, day: str, clock: str, first: str, last: str) -> None:
    hours, minutes = map(int, clock.split(":"))
    arguments = (date.fromisoformat(day), 60 * hours + minutes, ZoneInfo(zone))

    assert find_moment(*arguments) == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert find_moment(*arguments, is_end=True) == datetime.fromisoformat(last).replace(tzinfo=UTC)
