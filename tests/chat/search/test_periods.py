"""Days, months and years are read in the user's time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chat.search.periods import parse_period

# A Thursday; in Auckland it is Friday already.
NOW = datetime(2026, 11, 12, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-03-31", "2026-03-31", "2026-04-01"),
        ("2026-3-1", "2026-03-01", "2026-03-02"),
        ("31.12.2026", "2026-12-31", "2027-01-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("Today", "2026-11-12", "2026-11-13"),
        ("yesterday", "2026-11-11", "2026-11-12"),
        ("week", "2026-11-09", "2026-11-16"),
        ("month", "2026-11-01", "2026-12-01"),
        ("year", "2026-01-01", "2027-01-01"),
    ],
)
def test_periods_are_read(text: str, start: str, end: str) -> None:
    period = parse_period(text, now=NOW, zone=UTC)

    assert period is not None
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in period] == [f"{start} 00:00", f"{end} 00:00"]


def test_a_day_is_that_of_the_user() -> None:
    period = parse_period("today", now=NOW, zone=ZoneInfo("Pacific/Auckland"))

    assert period is not None
    assert period.start.astimezone(UTC) == datetime(2026, 11, 12, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "tuesday", "2026-02-30", "2026-13", "0000", "99999", "1969", "9999", "٢٠٢٦", "1.2"]
)
def test_other_texts_name_no_period(text: str) -> None:
    assert parse_period(text, now=NOW, zone=UTC) is None
