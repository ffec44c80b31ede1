"""Times of a wall clock on the nights on which clocks change."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lib.text.wall_times import (
    choose_time,
    find_moment,
    format_wall_time,
    next_monday,
    renew_instant,
    resolve_wall_time,
)

BERLIN, NEW_YORK, SYDNEY = "Europe/Berlin", "America/New_York", "Australia/Sydney"


@pytest.mark.parametrize(
    ("zone", "wall", "instant", "shown"),
    [
        # Nine o'clock on both sides of each change.
        (BERLIN, "2026-03-28T09:00", "2026-03-28T08:00", "09:00:00"),
        (BERLIN, "2026-03-29T09:00", "2026-03-29T07:00", "09:00:00"),
        (BERLIN, "2026-10-24T09:00", "2026-10-24T07:00", "09:00:00"),
        (BERLIN, "2026-10-25T09:00", "2026-10-25T08:00", "09:00:00"),
        (NEW_YORK, "2026-03-07T09:00", "2026-03-07T14:00", "09:00:00"),
        (NEW_YORK, "2026-03-08T09:00", "2026-03-08T13:00", "09:00:00"),
        (NEW_YORK, "2026-11-01T09:00", "2026-11-01T14:00", "09:00:00"),
        (SYDNEY, "2026-04-04T09:00", "2026-04-03T22:00", "09:00:00"),
        (SYDNEY, "2026-04-05T09:00", "2026-04-04T23:00", "09:00:00"),
        (SYDNEY, "2026-10-04T09:00", "2026-10-03T22:00", "09:00:00"),
        # What spring leaves out moves forward by as much.
        (BERLIN, "2026-03-29T02:30", "2026-03-29T01:30", "03:30:00"),
        (NEW_YORK, "2026-03-08T02:00", "2026-03-08T07:00", "03:00:00"),
        (SYDNEY, "2026-10-04T02:15", "2026-10-03T16:15", "03:15:00"),
        # Of what autumn has twice it is the first.
        (BERLIN, "2026-10-25T02:30", "2026-10-25T00:30", "02:30:00"),
        (NEW_YORK, "2026-11-01T01:30", "2026-11-01T05:30", "01:30:00"),
        (SYDNEY, "2026-04-05T02:30", "2026-04-04T15:30", "02:30:00"),
    ],
)
def test_a_wall_time_on_nights_with_a_change(zone: str, wall: str, instant: str, shown: str) -> None:
    chosen = choose_time(datetime.fromisoformat(wall), zone)

    assert chosen.instant == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert (chosen.wall[11:], chosen.zone) == (shown, zone)


def test_the_second_of_two_wall_times_is_chosen_by_its_instant() -> None:
    chosen = choose_time(datetime.fromisoformat("2026-10-25T02:30+01:00"), BERLIN)

    assert (chosen.instant, chosen.wall) == (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T02:30:00")


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "posixrules", "Factory"])
def test_unknown_zones_are_refused(zone: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        choose_time(datetime(2026, 1, 1), zone)


def test_an_instant_and_its_wall_time() -> None:
    zone = ZoneInfo("Asia/Kathmandu")

    assert format_wall_time(datetime(2026, 1, 1, tzinfo=UTC), zone) == "2026-01-01T05:45:00"
    assert resolve_wall_time(datetime(2026, 1, 1, 5, 45), zone) == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_next_monday_is_never_today() -> None:
    assert [next_monday(date(2026, 11, day)) for day in (27, 29, 30)] == [
        date(2026, 11, 30),
        date(2026, 11, 30),
        date(2026, 12, 7),
    ]


def test_a_wall_time_is_renewed_where_the_rules_of_its_zone_have_changed() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    stale = datetime(2026, 12, 1, 7, tzinfo=UTC)

    assert renew_instant(second, "2026-10-25T02:30:00", BERLIN) == second
    assert renew_instant(stale, "2026-12-01T09:00:00", BERLIN) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert renew_instant(stale, "2026-12-01T09:00:00", "Gone/Away") == stale


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
