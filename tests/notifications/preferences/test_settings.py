"""What a user chooses, over REST and on the page."""

from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.models import Room
from lib.lasting import FOREVER
from notifications.models import NotificationKeyword, NotificationSettings
from tests.conftest import ApiFor, ClientFor
from tests.notifications.conftest import KnownRooms

pytestmark = pytest.mark.django_db

REST = "/me/notification-settings"
PAGE = "/settings/notifications/"
NIGHT = {"day": "friday", "start": "22:00", "end": "07:00"}


def row_of(answer: Any, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in answer["grid"] if row["kind"] == kind)
    return found


def test_choices_merge_and_null_takes_one_back(api_for: ApiFor, bob: User) -> None:
    api = api_for(bob)
    api.call("PATCH", REST, {"choices": {"test_mention": {"push": False, "mail": False}}})
    answer = api.call("PATCH", REST, {"choices": {"test_mention": {"mail": None}, "test_reply": {"mail": True}}}).json()

    assert answer["choices"] == {"test_mention": {"push": False}, "test_reply": {"mail": True}}
    assert row_of(answer, "test_mention") == {
        "kind": "test_mention", "label": "Mentions", "category": "Test", "in_app": True, "push": False, "mail": True,
    }  # fmt: skip
    assert api.call("PATCH", REST, {"choices": {"test_mention": None}}).json()["choices"] == {
        "test_reply": {"mail": True}
    }


def test_settings_come_back_as_they_were_sent(api_for: ApiFor, bob: User, rooms: KnownRooms) -> None:
    sent = {
        "keywords": ["  Release   notes", "Ärzte", "ARZTE", ""],
        "quiet_hours": [NIGHT, {"day": "sunday", "start": "00:00", "end": "00:00"}],
        "time_zone": "Europe/Lisbon",
        "mail_pace": "daily",
        "silent_until": "2100-01-01T00:00:00Z",
    }
    refused = api_for(bob).call("PATCH", REST, sent)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"loc": ["body", "silent_until"], "msg": "Choose a moment in the next year."}]
    assert not NotificationSettings.objects.exists(), "all or none"

    answer = api_for(bob).call("PATCH", REST, sent | {"silent_until": None, "paused": True}).json()

    assert answer == api_for(bob).call("GET", REST).json()
    assert answer["keywords"] == ["Release notes", "Ärzte"]
    assert answer["quiet_hours"] == sent["quiet_hours"]
    assert (answer["time_zone"], answer["mail_pace"]) == ("Europe/Lisbon", "daily")
    assert (answer["silent_until"], answer["paused"]) == (None, True)
    assert rooms.changed == [bob.pk]


def test_keywords_are_replaced_and_places_hear_of_it_once(api_for: ApiFor, bob: User, rooms: KnownRooms) -> None:
    api = api_for(bob)
    for keywords in (["tea", "noon"], ["Tea", "noon"], ["Tea", "noon"], []):
        assert api.call("PATCH", REST, {"keywords": keywords}).json()["keywords"] == keywords

    assert len(rooms.changed) == 3
    assert not NotificationKeyword.objects.exists()


@pytest.mark.parametrize(
    ("body", "loc", "words"),
    [
        ({"choices": {"parrots": {"push": True}}}, ["body", "choices.parrots"], "no such kind"),
        ({"choices": {"test_reply": {"smoke": True}}}, ["body", "choices.test_reply.smoke"], "no such channel"),
        ({"choices": {"test_reply": {"push": "yes"}}}, ["body", "choices", "test_reply", "push"], "boolean"),
        ({"keywords": ["tea", "x" * 61]}, ["body", "keywords.1"], "At most 60"),
        ({"keywords": ["tea", "?!"]}, ["body", "keywords.1"], "a letter or a digit"),
        ({"keywords": [f"word{number}" for number in range(51)]}, ["body", "keywords"], "At most 50"),
        ({"quiet_hours": [NIGHT | {"start": "25:00"}]}, ["body", "quiet_hours", 0, "start"], "match"),
        ({"quiet_hours": [NIGHT | {"day": "someday"}]}, ["body", "quiet_hours", 0, "day"], "monday"),
        ({"time_zone": "Europe/Atlantis"}, ["body", "time_zone"], "no such time zone"),
        ({"mail_pace": "hourly"}, ["body", "mail_pace"], "15m"),
        ({"silent_until": "2001-01-01T00:00:00Z"}, ["body", "silent_until"], "passed already"),
        ({"silent_until": "9999-12-31T23:59:59-14:00"}, ["body", "silent_until"], "No calendar"),
    ],
)
def test_a_refusal_says_where(api_for: ApiFor, bob: User, body: Any, loc: list[Any], words: str) -> None:
    refused = api_for(bob).call("PATCH", REST, body)

    assert refused.status_code == 422
    [fault] = refused.json()["errors"]
    assert fault["loc"] == loc and words in fault["msg"]
    assert not NotificationSettings.objects.exists()


def test_settings_take_a_few_queries(
    api_for: ApiFor, bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_for(bob)
    api.call("PATCH", REST, {"keywords": ["tea", "noon"]})

    with django_assert_num_queries(4):  # the token, settings, keywords, what organisations suggest
        api.call("GET", REST)


def test_the_page_keeps_what_differs_from_what_is_suggested(client_for: ClientFor, bob: User) -> None:
    client = client_for(bob)
    page = client.get(PAGE).content.decode()
    assert 'aria-label="Mentions: Push"' in page

    client.post(PAGE, {"section": "grid", "test_mention.in_app": "on", "test_mention.push": "on"})

    choices = NotificationSettings.objects.get(user=bob).choices
    assert choices["test_mention"] == {"mail": False}
    assert choices["test_reply"] == {"in_app": False}


def test_the_page_saves_quiet_hours_in_the_zone_of_the_browser(client_for: ClientFor, bob: User) -> None:
    client = client_for(bob)
    client.cookies["tz"] = "Asia/Kathmandu"
    hours = {"section": "quiet", "on_4": "on", "start_4": "22:00", "end_4": "07:00", "start_0": "", "end_0": ""}

    assert client.post(PAGE, hours).status_code == 302
    settings = NotificationSettings.objects.get(user=bob)
    assert settings.quiet_hours == [None, None, None, None, [1320, 420], None, None]
    assert settings.time_zone == "Asia/Kathmandu"
    refused = client.post(PAGE, {"section": "quiet", "on_1": "on", "start_1": "", "end_1": "07:00"})
    assert refused.status_code == 422 and "Say from when to when." in refused.content.decode()


def test_the_page_says_which_keyword_is_none(client_for: ClientFor, bob: User) -> None:
    client = client_for(bob)
    refused = client.post(PAGE, {"section": "keywords", "keywords": "tea, ?!"})
    assert refused.status_code == 422 and "“?!”: A keyword has a letter" in refused.content.decode()

    client.post(PAGE, {"section": "keywords", "keywords": "tea, noon\nharbour office"})
    assert set(NotificationKeyword.objects.values_list("text", flat=True)) == {"tea", "noon", "harbour office"}


# Friday evening in London, and Saturday already in Helsinki, where Bob is.
@time_machine.travel("2026-11-27T22:30:00Z", tick=False)
@pytest.mark.parametrize(
    ("choice", "until"),
    [
        ("30", "2026-11-27T23:00:00+00:00"),
        ("tomorrow", "2026-11-29T06:00:00+00:00"),
        ("monday", "2026-11-30T06:00:00+00:00"),
        ("forever", FOREVER.isoformat()),
        ("0", None),
        ("soon", None),
    ],
)
def test_silence_ends_by_the_clock_of_the_user(
    client_for: ClientFor, bob: User, choice: str, until: str | None
) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone="Europe/Helsinki")

    answer = client_for(bob).post(f"{PAGE}silence/", {"silence": choice, "next": "/o/halyard/"})

    assert answer["Location"] == "/o/halyard/"
    bob.refresh_from_db()
    assert (bob.silent_until.isoformat() if bob.silent_until else None) == until


def test_the_menu_of_the_user_says_that_it_is_silent(client_for: ClientFor, bob: User, room: Room) -> None:
    client = client_for(bob)
    page = f"/rooms/{room.pk}/"
    loud = client.get(page).content.decode()
    assert 'data-silence="on" hidden' in loud and 'data-silence="off">' in loud

    client.post(f"{PAGE}silence/", {"silence": "60"})

    silent = client.get(page).content.decode()
    assert 'data-silence="on">' in silent and 'data-silence="off" hidden' in silent
