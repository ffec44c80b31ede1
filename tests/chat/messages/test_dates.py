"""A day of a room's history: its first message, in the reader's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from accounts.models import User
from chat.messages.queries.dates import find_first_seq
from chat.models import Room
from chat.search_index import index_pending_messages
from tests.chat.steps import LOOKING, say
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def dated(room: Room, alice: User, time_machine: TimeMachineFixture) -> Room:
    """A message at midnight (UTC) of three days in March, and one an hour before the last."""
    for day in ("2026-03-01T00:00:00Z", "2026-03-10T00:00:00Z", "2026-03-19T23:00:00Z", "2026-03-20T00:00:00Z"):
        time_machine.move_to(day, tick=False)
        say(alice, room, f"At {day}")
    return room


@pytest.mark.parametrize(
    ("day", "seq"),
    [
        ("0001-01-01", 1),
        ("2026-03-01", 1),
        ("2026-03-02", 2),
        ("2026-03-10", 2),
        ("2026-03-20", 4),
        ("2026-03-21", None),
        ("9999-12-31", None),
    ],
)
def test_a_day_begins_at_its_first_message_or_that_of_the_next(
    dated: Room, day: str, seq: int | None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    index_pending_messages()

    with django_assert_num_queries(1 + LOOKING):
        assert find_first_seq(dated.pk, date.fromisoformat(day), UTC) == seq


def test_pages_and_rest_go_to_a_day_on_the_clock_of_the_reader(
    dated: Room, bob: User, client_for: ClientFor, api_for: ApiFor, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(datetime(2026, 4, 1, tzinfo=UTC))
    browser, api = client_for(bob), api_for(bob)
    for zone, seq in (("UTC", 4), ("Asia/Tokyo", 3)):
        User.objects.filter(pk=bob.pk).update(time_zone=zone)
        page = browser.get(f"/rooms/{dated.pk}/?date=2026-03-20").content.decode()
        assert f'data-seq="{seq}"' in page.partition("data-target")[2].partition(">")[0]
        listed = api.call("GET", f"/rooms/{dated.pk}/messages?date=2026-03-20&limit=2").json()["items"]
        assert [message["seq"] for message in listed] == [seq - 1, seq]
    feed = browser.get(f"/rooms/{dated.pk}/feed/?date=2026-03-02").content.decode()
    assert feed.count('class="feed__item"') == 4


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "", "20260301x"])
def test_what_is_no_day_is_refused(dated: Room, bob: User, client_for: ClientFor, api_for: ApiFor, text: str) -> None:
    for path in ("", "feed/"):
        assert client_for(bob).get(f"/rooms/{dated.pk}/{path}?date={text}").status_code == 400
    assert api_for(bob).call("GET", f"/rooms/{dated.pk}/messages?date={text}").status_code == 422


def test_a_stranger_learns_nothing_of_days(dated: Room, charlie: User, client_for: ClientFor, api_for: ApiFor) -> None:
    for path in ("", "feed/"):
        assert client_for(charlie).get(f"/rooms/{dated.pk}/{path}?date=2026-03-01").status_code == 404
    assert api_for(charlie).call("GET", f"/rooms/{dated.pk}/messages?date=2026-03-01").status_code == 404
