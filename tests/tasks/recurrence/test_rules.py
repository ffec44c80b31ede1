"""Rules by which tasks recur, as RFC 5545 has them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError

from tasks.work.rules import clean_rule, find_next_occurrence

UTC = ZoneInfo("UTC")


def list_days(rule: str, start: str, count: int = 4) -> str:
    """The days of a series from its first one on, each by the rule that the one before has left."""
    wall, days = datetime.fromisoformat(start), [start]
    for _ in range(count - 1):
        found = find_next_occurrence(rule, start=wall, after=wall, zone=UTC) if rule else None
        if found is None:
            break
        wall, rule = found
        days.append(wall.date().isoformat())
    return " ".join(days)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY", "2026-01-31 2026-02-01 2026-02-02 2026-02-03"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,MO", "2026-01-31 2026-02-09 2026-02-14 2026-02-23"),
        # A month without the 31st is left out, as RFC 5545 says.
        ("FREQ=MONTHLY", "2026-01-31 2026-03-31 2026-05-31 2026-07-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-31 2026-02-27 2026-03-27 2026-04-24"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2026-01-31 2026-02-02 2026-03-02 2026-04-01"),
        ("FREQ=DAILY;COUNT=3", "2026-01-31 2026-02-01 2026-02-02"),
        ("FREQ=DAILY;COUNT=1", "2026-01-31"),
        ("FREQ=DAILY;UNTIL=20260202", "2026-01-31 2026-02-01 2026-02-02"),
        ("FREQ=DAILY;UNTIL=20260201T235959Z", "2026-01-31 2026-02-01"),
        ("FREQ=DAILY;UNTIL=20260101", "2026-01-31"),
    ],
)
def test_a_series_has_the_days_of_its_rule(rule: str, days: str) -> None:
    assert list_days(clean_rule(rule), "2026-01-31") == days


def test_the_29_of_february_comes_in_leap_years() -> None:
    assert list_days("FREQ=YEARLY", "2096-02-29", 3) == "2096-02-29 2104-02-29 2108-02-29"
    assert list_days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2027-02-28", 3) == "2027-02-28 2028-02-29 2029-02-28"


def test_what_was_missed_counts() -> None:
    start, after = datetime(2026, 1, 1), datetime(2026, 1, 4)

    found = find_next_occurrence("FREQ=DAILY;COUNT=6", start=start, after=after, zone=UTC)

    assert found == (datetime(2026, 1, 5), "FREQ=DAILY;COUNT=2")
    assert find_next_occurrence("FREQ=DAILY;COUNT=4", start=start, after=after, zone=UTC) is None


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [("", ""), ("  ", ""), ("rrule:freq=weekly;byday=mo,fr;", "FREQ=WEEKLY;BYDAY=MO,FR")],
)
def test_rules_have_one_spelling(given: str, cleaned: str) -> None:
    assert clean_rule(given) == cleaned


@pytest.mark.parametrize(
    "rule",
    [
        "daily",
        "INTERVAL=2",
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;UNTIL=20271301",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;BYEASTER=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=WEEKLY;BYMONTHDAY=2",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31",
        "FREQ=DAILY\nDTSTART:20260101",
        "FREQ=DAILY;INTERVAL=²",
        "FREQ=DAILY;INTERVAL=0000000019999999999999",
        "FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=-4",
        "FREQ=MONTHLY;BYMONTH=2;BYDAY=5MO;BYSETPOS=2",
    ],
)
def test_what_is_no_rule_is_refused_with_words(rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_rule(rule)
    assert refused.value.message_dict["recurrence"][0]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=7;BYMONTH=2,3",
        "FREQ=DAILY;BYDAY=MO,FR",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=5",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY;INTERVAL=4",
    ],
)
def test_an_old_series_goes_on_as_if_it_had_been_counted_from_its_start(rule: str) -> None:
    start = datetime(1900, 1, 3, 9)
    for days in range(0, 60_000, 1_111):
        after = start + timedelta(days=days, hours=7)
        counted = rrulestr(rule, dtstart=start).after(after)
        assert find_next_occurrence(rule, start=start, after=after, zone=UTC) == (counted, rule)


def test_nothing_recurs_after_2199() -> None:
    last = datetime(2199, 12, 30)
    assert find_next_occurrence("FREQ=DAILY", start=last - timedelta(days=1), after=last, zone=UTC) is None
    # There is no such day: it is not sought until the end of the calendar.
    never = "FREQ=DAILY;INTERVAL=7;BYDAY=TU"
    assert find_next_occurrence(never, start=datetime(2026, 1, 5), after=datetime(2026, 1, 5), zone=UTC) is None


def test_a_rule_is_looked_into_once() -> None:
    clean_rule.cache_clear()
    for _ in range(3):
        clean_rule("FREQ=DAILY")
    assert clean_rule.cache_info().misses == 1
