"""The clock that somebody has chosen goes before that of their browser."""

from datetime import UTC, datetime

import pytest
from time_machine import TimeMachineFixture

from accounts.mail import compose_mail
from accounts.models import User
from accounts.profiles.services.profile import update_profile
from lib.text.time_zones import group_zones_by_region, list_zones
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db


def test_it_is_chosen_and_given_back(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)

    chosen = api.call("PATCH", "/me", {"time_zone": "Europe/Lisbon"}).json()["time_zone"]
    given_back = api.call("PATCH", "/me", {"time_zone": None}).json()["time_zone"]

    assert (chosen, given_back) == ("Europe/Lisbon", None)


@pytest.mark.parametrize(
    "name", ["Nowhere/Land", "posix/Europe/Lisbon", "Factory", "localtime", "../passwd", 7, "x" * 65]
)
def test_what_is_no_place_is_refused(api_for: ApiFor, alice: User, name: int | str) -> None:
    answer = api_for(alice).call("PATCH", "/me", {"time_zone": name})

    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body", "time_zone"])


@pytest.mark.parametrize("name", ["UTC", "Etc/GMT+5", "EST", "Europe/Kiev", "GMT", "Etc/UTC"])
def test_every_zone_of_iana_is_taken_and_stays_chosen(
    api_for: ApiFor, client_for: ClientFor, alice: User, name: str
) -> None:
    assert api_for(alice).call("PATCH", "/me", {"time_zone": name}).json()["time_zone"] == name
    page = client_for(alice).get("/settings/").content.decode()
    assert page.count(f'<option value="{name}" selected') == 1
    assert client_for(alice).post("/settings/time-zone/", {"time_zone": name}).status_code == 302


def test_times_on_pages_follow_it_and_not_the_browser(
    alice: User, client_for: ClientFor, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-03-01T23:30:00Z", tick=False)
    browser = client_for(alice)
    browser.cookies["tz"] = "America/New_York"
    update_profile(actor=alice, time_zone="Asia/Tokyo")

    browser.post("/settings/status/", {"emoji": "🌴", "clear_after": "30"})
    page = browser.get("/settings/").content.decode()

    assert "At 09:00, 2 Mar" in page
    assert ' data-time-zone="Asia/Tokyo"' in page


def test_mails_tell_the_time_by_it(alice: User) -> None:
    update_profile(actor=alice, time_zone="Asia/Tokyo")
    alice.refresh_from_db()
    told = {"user": alice, "moment": datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "device": "Firefox on Linux"}

    assert (
        "2 March 2026, 08:30 JST" in compose_mail("accounts/email/new_device.html", to=alice.email, context=told).body
    )


def test_the_page_offers_every_place_once(alice: User, client_for: ClientFor) -> None:
    page = client_for(alice).get("/settings/").content.decode()
    client_for(alice).post("/settings/time-zone/", {"time_zone": "America/New_York"})

    alice.refresh_from_db()
    assert alice.time_zone == "America/New_York"
    assert page.count('<option value="America/') == len(group_zones_by_region()["America"]) > 100
    assert sum(map(len, group_zones_by_region().values())) == len(list_zones())
