"""What somebody says of their day, beside their name until it is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from time_machine import TimeMachineFixture

from accounts.models import Organisation, Status, User
from accounts.profiles.services.profile import update_profile
from lib.realtime.hub import Event
from tests.chat.steps import frames
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db

HOLIDAY = {"emoji": "🌴", "text": "Back on Monday"}


def test_it_is_seen_by_others_until_it_is_over(
    api_for: ApiFor,
    alice: User,
    bob: User,
    halyard: Organisation,
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z", tick=False)
    said = api_for(alice).call("PATCH", "/me", {"status": HOLIDAY | {"expires_at": "2026-03-01T10:00:00Z"}}).json()
    api = api_for(bob)

    def seen() -> dict[str, str] | None:
        members = api.call("GET", "/orgs/halyard/members").json()["items"]
        return next(each["user"]["status"] for each in members if each["user"]["id"] == str(alice.pk))

    assert said["status"] == HOLIDAY | {"expires_at": "2026-03-01T10:00:00.000Z"} == seen()
    time_machine.move_to("2026-03-01T10:00:00Z", tick=False)
    assert seen() is None


def test_words_alone_get_a_speech_balloon_and_null_clears(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)

    said = api.call("PATCH", "/me", {"status": {"text": "In a  meeting"}}).json()["status"]
    left = api.call("PATCH", "/me", {"theme": "dark"}).json()["status"]
    cleared = api.call("PATCH", "/me", {"status": None}).json()["status"]

    assert said == left == {"emoji": "💬", "text": "In a meeting", "expires_at": None}
    assert cleared is None


@pytest.mark.parametrize(
    "status",
    [
        {"emoji": "x"},
        {"emoji": "🌴🌴"},
        {"emoji": "🌴", "text": "x" * 101},
        {"emoji": "🌴", "text": "a\u0007b"},
        {"emoji": "🌴", "expires_at": "2020-01-01T00:00:00Z"},
        {"emoji": "🌴", "expires_at": "2046-01-01T00:00:00"},
        {"emoji": "🌴", "expires_at": "9999-12-31T23:59:59Z"},
        {"emoji": "🌴", "expires_at": "9999-12-31T23:59:59-12:00"},
        {"emoji": 7},
        "away",
    ],
)
def test_bad_input_is_refused(api_for: ApiFor, alice: User, status: str | dict[str, Any]) -> None:
    assert api_for(alice).call("PATCH", "/me", {"status": status}).status_code == 422


def test_others_hear_of_it_at_once(
    alice: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        update_profile(actor=alice, status=Status("🌴", "Back on Monday"))

    frame, again = frames(published)
    assert frame == again
    assert (frame["type"], frame["user"]["id"]) == ("user.updated", str(alice.pk))
    assert frame["user"]["status"]["emoji"] == "🌴"
    assert {event.topic for event in published if event.frame} == {f"commons:{halyard.pk}", f"person:{alice.pk}"}


@pytest.mark.parametrize(("choice", "minutes"), [("30", 30), ("60", 60), ("240", 240), ("today", 870), ("", None)])
def test_a_browser_says_when_to_clear_it(
    alice: User,
    client_for: ClientFor,
    time_machine: TimeMachineFixture,
    choice: str,
    minutes: int | None,
) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z", tick=False)

    client_for(alice).post("/settings/status/", {"emoji": "🌴", "text": "Away", "clear_after": choice})

    alice.refresh_from_db()
    assert alice.status_expires_at == (minutes and timezone.now() + timedelta(minutes=minutes))


def test_today_ends_where_the_person_is(alice: User, client_for: ClientFor, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z", tick=False)
    update_profile(actor=alice, time_zone="Asia/Tokyo")

    client_for(alice).post("/settings/status/", {"emoji": "🌴", "clear_after": "today"})

    alice.refresh_from_db()
    assert alice.status_expires_at.isoformat() == "2026-03-01T15:00:00+00:00"


def test_saving_the_words_again_keeps_their_end(alice: User, client_for: ClientFor) -> None:
    end = timezone.now() + timedelta(hours=2)
    update_profile(actor=alice, status=Status("🌴", "Away", end))

    client_for(alice).post("/settings/status/", {"emoji": "🌴", "text": "Out", "clear_after": "keep"})

    alice.refresh_from_db()
    assert (alice.status_text, alice.status_expires_at) == ("Out", end)


def test_a_script_hears_nothing_or_what_was_wrong(alice: User, client_for: ClientFor) -> None:
    browser = client_for(alice)
    fragment = {"X-Fragment": "1"}

    wrong = browser.post("/settings/status/", {"emoji": "xyz"}, headers=fragment)
    done = browser.post("/settings/status/", {"emoji": "🌴"}, headers=fragment)
    browser.post("/settings/status/", {"emoji": "🌴", "clear": "1"}, headers=fragment)

    assert (wrong.status_code, wrong.content.decode()) == (422, "Choose a single emoji.")
    assert (done.status_code, done.content) == (204, b"")
    alice.refresh_from_db()
    assert alice.current_status is None


def test_it_stands_beside_the_name_and_its_words_are_text(
    alice: User, bob: User, halyard: Organisation, client_for: ClientFor
) -> None:
    update_profile(actor=alice, status=Status("🌴", 'Back "soon" <b>'))

    page = client_for(bob).get("/o/halyard/people/").content.decode()

    assert f'data-status="{alice.pk}" title="Back &quot;soon&quot; &lt;b&gt;">🌴<span class="visually-hidden">' in page


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "nowhere", "?next", "accounts:password"])
def test_nobody_is_led_away_by_what_they_send(alice: User, client_for: ClientFor, elsewhere: str) -> None:
    there = client_for(alice).post("/settings/availability/", {"availability": "busy", "next": elsewhere})
    here = client_for(alice).post("/settings/availability/", {"availability": "auto", "next": "/o/halyard/"})

    assert (there["Location"], here["Location"]) == ("/settings/", "/o/halyard/")
