"""What people say of themselves at one browser, as others see it at theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.accounts.pictures import halves
from tests.browser.conftest import PHONE, Company, Desk, Member
from tests.browser.steps import assert_online, message

OpenRoom = Callable[..., Page]


@pytest.fixture(autouse=True)
def plain_again(cast: tuple[Member, Member]) -> Iterator[None]:
    yield
    cast[0].rest.ask("PATCH", "/me", {"availability": "auto", "status": None, "time_zone": None})
    cast[0].rest.ask("DELETE", "/me/avatar")


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    path = tmp_path / "me.jpg"
    path.write_bytes(halves(800, 400, kind="JPEG"))
    return path


def middle_of(picture: Locator) -> str:
    """The colour in the middle of a picture that has come."""
    expect(picture).to_be_visible()
    return str(
        picture.evaluate("""async image => {
          await image.decode()
          const paper = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d")
          paper.drawImage(image, 128, 128, 1, 1, 0, 0, 1, 1)
          const [red, , blue] = paper.getImageData(0, 0, 1, 1).data
          return red > blue ? "red" : "blue"
        }""")
    )


def test_a_picture_is_cut_with_the_keyboard_and_seen_by_others_at_once(
    desk: Desk, company: Company, open_room: OpenRoom, photograph: Path
) -> None:
    room = company.open_room("harbour")
    company.alice.say(room, "Ahoy")
    bob = open_room(company.bob, room)
    alice = desk.open(company.alice, "/settings/")

    alice.get_by_label("Choose a picture").set_input_files(photograph)
    window = alice.get_by_role("application", name="Choose what is seen")
    window.focus()
    for key in ["+"] * 12 + ["ArrowRight"] * 20:
        window.press(key)
    alice.get_by_role("button", name="Save picture").click()

    expect(alice.get_by_text("Your picture is saved.")).to_be_visible()
    assert middle_of(message(bob, "Ahoy").locator(".avatar__picture")) == "red"
    alice.get_by_role("button", name="Remove", exact=True).click()
    expect(message(bob, "Ahoy").locator(".avatar__picture")).to_have_count(0)
    expect(message(bob, "Ahoy").locator(".avatar")).to_have_text("AL")


def test_a_picture_is_dragged_and_one_too_large_to_send_is_cut_here(
    desk: Desk, company: Company, tmp_path: Path
) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(halves(800, 400) + bytes(5 * 1024 * 1024))
    page = desk.open(company.alice, "/settings/", **PHONE)

    page.get_by_label("Choose a picture").set_input_files(path)
    window = page.get_by_role("application", name="Choose what is seen")
    window.scroll_into_view_if_needed()
    box = window.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 110, y, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Save picture").click()

    expect(page.get_by_text("Your picture is saved.")).to_be_visible()
    assert middle_of(page.locator("main .avatar__picture")) == "blue"


def test_a_status_is_said_in_a_room_and_seen_beside_the_name(desk: Desk, company: Company, open_room: OpenRoom) -> None:
    desk.expect("status of 422")
    room = company.open_room("harbour")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    bob.get_by_role("link", name="About this room").click()
    seen = bob.locator(f'#panel [data-status="{company.alice.id}"]')
    expect(seen).to_have_count(1)

    alice.get_by_title("Status, presence, sign out").click()
    alice.get_by_role("link", name="Set a status").click()
    alice.get_by_role("button", name="In a meeting").click()
    alice.get_by_role("button", name="Save", exact=True).click()

    expect(seen).to_have_attribute("title", "In a meeting")
    expect(seen).to_contain_text("📅")
    expect(alice.get_by_role("dialog")).to_be_hidden()
    alice.get_by_title("Status, presence, sign out").click()
    alice.get_by_role("link", name="Set a status").click()
    expect(alice.get_by_label("Status", exact=True)).to_have_value("In a meeting")
    expect(alice.get_by_label("Clear it")).to_have_value("keep")
    alice.get_by_role("textbox", name="Emoji", exact=True).fill("no emoji")
    alice.get_by_role("button", name="Save", exact=True).click()
    expect(alice.get_by_text("Choose a single emoji.")).to_be_visible()
    alice.get_by_role("button", name="Clear status").click()
    expect(seen).to_be_hidden()


def test_whoever_is_busy_stays_so_through_a_reload(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    bob.get_by_role("link", name="About this room").click()
    dot = bob.locator(f'#panel .presence[data-user="{company.alice.id}"]')
    expect(dot).to_have_attribute("data-presence", "online")

    alice.get_by_title("Status, presence, sign out").click()
    alice.get_by_role("button", name="Busy", exact=True).click()
    expect(dot).to_have_attribute("data-presence", "busy")
    alice.reload()
    expect(alice.locator("html[data-connection=up]")).to_have_count(1)
    expect(alice.locator(".sidebar__state")).to_have_text("busy")
    alice.get_by_title("Status, presence, sign out").click()
    expect(alice.get_by_role("button", name="Busy", exact=True)).to_have_attribute("aria-pressed", "true")
    alice.get_by_role("button", name="Active").click()

    expect(dot).to_have_attribute("data-presence", "online")
    assert_online(alice)


def test_whoever_is_in_the_settings_is_here(desk: Desk, company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    desk.open(company.alice, "/settings/")
    bob = open_room(company.bob, room)

    bob.get_by_role("link", name="About this room").click()

    dot = bob.locator(f'#panel .presence[data-user="{company.alice.id}"]')
    expect(dot).to_have_attribute("data-presence", "online")


def test_times_follow_the_chosen_clock(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("harbour")
    company.alice.say(room, "Ahoy")
    company.alice.rest.ask("PATCH", "/me", {"time_zone": "Asia/Kathmandu"})

    page = open_room(company.alice, room, locale="en-GB", timezone_id="UTC")

    shown = message(page, "Ahoy").locator("time").last
    here = shown.evaluate("""time => new Intl.DateTimeFormat("en-GB",
        { hour: "numeric", minute: "2-digit", timeZone: "Asia/Kathmandu" }).format(new Date(time.dateTime))""")
    expect(shown).to_have_text(here)
