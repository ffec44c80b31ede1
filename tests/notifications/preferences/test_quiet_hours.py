"""Quiet hours, on ordinary nights and on those on which clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications.preferences.quiet_hours import NO_QUIET_HOURS, QuietSpan, Week, find_quiet_end

NIGHT = QuietSpan(22 * 60, 7 * 60)
NIGHTS: Week = (NIGHT,) * 7
ALL_DAY = QuietSpan(0, 0)


def at(zone: str, moment: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone), fold=fold)


def end_of(week: Week, zone: str, moment: str, *, fold: int = 0) -> str | None:
    """When it ends, by the clocks there."""
    end = find_quiet_end(week, at(zone, moment, fold=fold), ZoneInfo(zone))
    return f"{end.astimezone(ZoneInfo(zone)):%a %H:%M}" if end else None


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-11-23T21:59", None),
        ("2026-11-23T22:00", "Tue 07:00"),
        ("2026-11-24T00:00", "Tue 07:00"),
        ("2026-11-24T06:59", "Tue 07:00"),
        ("2026-11-24T07:00", None),
    ],
)
def test_quiet_hours_may_end_after_midnight(moment: str, end: str | None) -> None:
    assert end_of(NIGHTS, "Europe/Berlin", moment) == end


def test_each_day_has_its_own_span() -> None:
    week: Week = (None, QuietSpan(9 * 60, 10 * 60), None, None, NIGHT, ALL_DAY, ALL_DAY)

    assert end_of(week, "Europe/Berlin", "2026-11-23T09:30") is None
    assert end_of(week, "Europe/Berlin", "2026-11-24T09:30") == "Tue 10:00"
    assert end_of(week, "Europe/Berlin", "2026-11-27T23:00") == "Mon 00:00", "spans that meet are one"
    assert end_of(week, "Europe/Berlin", "2026-11-29T23:59") == "Mon 00:00"
    assert end_of(week, "Europe/Berlin", "2026-11-30T00:00") is None


def test_a_week_without_and_a_week_of_quiet_hours_alone() -> None:
    moment = datetime(2026, 11, 27, 12, tzinfo=UTC)

    assert find_quiet_end(NO_QUIET_HOURS, moment, ZoneInfo("UTC")) is None
    end = find_quiet_end((ALL_DAY,) * 7, moment, ZoneInfo("UTC"))
    assert end is not None and end - moment <= timedelta(days=8)


# For each zone the nights on which clocks go forward and back, and how many hours it is quiet from 22:00 to 7:00.
CHANGES = [
    ("Europe/Berlin", "2026-03-28", 8.0),
    ("Europe/Berlin", "2026-10-24", 10.0),
    ("America/New_York", "2026-03-07", 8.0),
    ("America/New_York", "2026-10-31", 10.0),
    ("Australia/Lord_Howe", "2026-10-03", 8.5),
    ("Australia/Lord_Howe", "2026-04-04", 9.5),
]


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_a_night_on_which_clocks_change_ends_at_the_same_time(zone: str, day: str, hours: float) -> None:
    start = at(zone, f"{day}T22:00").astimezone(UTC)
    end = find_quiet_end(NIGHTS, start, ZoneInfo(zone))

    assert end is not None and end.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "07:00"
    assert end - start == timedelta(hours=hours)
    # Minute by minute, nothing in between is loud and nothing around is quiet.
    assert find_quiet_end(NIGHTS, start - timedelta(minutes=1), ZoneInfo(zone)) is None
    assert find_quiet_end(NIGHTS, end, ZoneInfo(zone)) is None
    within = [start + timedelta(minutes=minutes) for minutes in range(0, int(60 * hours), 7)]
    assert {find_quiet_end(NIGHTS, moment, ZoneInfo(zone)) for moment in within} == {end}


@pytest.mark.parametrize(
    ("zone", "before", "span", "end"),
    [
        # The end is skipped: it is over as the clocks go forward.
        ("Europe/Berlin", "2026-03-29T01:30", QuietSpan(22 * 60, 150), "Sun 03:00"),
        ("America/New_York", "2026-03-08T01:30", QuietSpan(22 * 60, 150), "Sun 03:00"),
        ("Australia/Lord_Howe", "2026-10-04T01:30", QuietSpan(22 * 60, 135), "Sun 02:30"),
        # The end comes twice: it is over by the second.
        ("Europe/Berlin", "2026-10-25T02:45", QuietSpan(22 * 60, 150), "Sun 02:30"),
        ("America/New_York", "2026-11-01T01:45", QuietSpan(22 * 60, 90), "Sun 01:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:50", QuietSpan(22 * 60, 105), "Sun 01:45"),
    ],
)
def test_an_end_that_is_skipped_or_comes_twice(zone: str, before: str, span: QuietSpan, end: str) -> None:
    assert end_of((span,) * 7, zone, before) == end
