"""What pages say of times by today stays true while they are open, also after their machine has slept."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk
from tests.browser.modules import OpenModules, open_modules  # noqa: F401  a fixture

# Monday, in the zone of the pages below.
NOON = datetime.fromisoformat("2026-11-02T12:00:30+01:00")
START = "import('lib/live-times').then(({ startLiveTimes }) => startLiveTimes())"
LOCALISE = "import('lib/local-time').then(({ localiseTimes }) => localiseTimes(document))"


def draw_time(moment: datetime, attributes: str) -> str:
    return f'<time datetime="{moment.isoformat()}" {attributes}></time>'


def open_times(open_modules: OpenModules, *times: str, start: datetime = NOON, **options: object) -> Page:  # noqa: F811
    page = open_modules("".join(times), timezone_id="Europe/Berlin", locale="en-GB", **options)
    page.clock.install(time=start)
    page.evaluate(LOCALISE)
    page.evaluate(START)
    return page


def test_words_for_days_are_others_after_midnight(open_modules: OpenModules) -> None:  # noqa: F811
    page = open_times(open_modules, draw_time(NOON, "data-format=near"))
    time = page.locator("time")
    expect(time).to_have_text("Today 12:00")

    page.clock.run_for(timedelta(hours=12).total_seconds() * 1000)
    expect(time).to_have_text("Yesterday 12:00")
    page.clock.run_for(timedelta(days=1).total_seconds() * 1000)
    expect(time).to_have_text("Monday 12:00")


def test_after_sleep_they_are_others_once_the_page_is_seen(open_modules: OpenModules) -> None:  # noqa: F811
    page = open_times(open_modules, draw_time(NOON, "data-format=near"), draw_time(NOON, "data-format=ago"))
    expect(page.locator("time")).to_have_text(["Today 12:00", "just now"])

    page.clock.set_fixed_time(NOON + timedelta(days=8))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("time")).to_have_text(["2 Nov 2026, 12:00", "1 week ago"])


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=6, hours=23), "6 days ago"),
        (timedelta(days=29), "4 weeks ago"),
        (timedelta(days=400), "1 year ago"),
    ],
)
def test_ages_are_told_in_one_unit(open_modules: OpenModules, age: timedelta, text: str) -> None:  # noqa: F811
    page = open_times(open_modules, draw_time(NOON - age, "data-format=ago data-words='seen %(ago)s'"))

    expect(page.locator("time")).to_have_text(f"seen {text}")


def test_a_page_of_the_organisation_says_for_how_long(desk: Desk, company: Company) -> None:
    company.alice.rest.ask("POST", f"/orgs/{company.slug}/announcements", {"text": "All ashore"})
    page = desk.open(company.alice)
    page.clock.install()
    page.goto(f"/o/{company.slug}/announcements/")
    age = page.locator("main .item__meta time")
    expect(age).to_have_text("just now")

    page.clock.run_for(timedelta(minutes=6, seconds=1).total_seconds() * 1000)
    expect(age).to_have_text(re.compile("^[56] minutes ago"))
