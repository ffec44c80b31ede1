"""Sounds and films in messages play where they stand."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.steps import assert_online, assert_room, mark_page, sidebar_link
from tests.lib.media.recordings import write_sound, write_video

OpenRoom = Callable[..., Page]
BOXES = """() => [".player", ".player__play", "svg.player__wave", ".player__time", ".file__name"].map((name) => {
    const { x, y, width, height } = document.querySelector(name).getBoundingClientRect()
    return [name, x, y, width, height].join(" ")
})"""
HEARD = "player => parseFloat(player.style.getPropertyValue('--heard'))"


def post_recording(company: Company, room: str, path: Path, *, text: str = "") -> None:
    """Post a file as Alice, once its waveform or its poster is there."""
    rest = company.alice.rest
    sent = rest.post("/assets", data={"org": company.slug}, files={"file": (path.name, path.read_bytes())})
    assert sent.status_code == 201, sent.text
    asset, deadline = f"/assets/{sent.json()['id']}", time.monotonic() + 60
    while rest.ask("GET", asset)["state"] == "pending":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    rest.ask("POST", f"/rooms/{room}/messages", {"content": text, "asset_ids": [sent.json()["id"]]})


@pytest.fixture
def quay(company: Company, tmp_path: Path) -> str:
    """A room with two sounds, one as browsers record it and one of half a minute."""
    room = company.open_room("quay")
    post_recording(
        company, room, write_sound(tmp_path / "a.webm", codec="libopus", format="webm", options={"live": "1"})
    )
    post_recording(company, room, write_sound(tmp_path / "b.ogg", codec="libopus", seconds=30, quiet_until=9))
    return room


def player(page: Page, number: int) -> Locator:
    return page.locator("audio-player[data-ready]").nth(number)


def assert_playing(sound: Locator) -> None:
    expect(sound.get_by_role("button", name="Pause")).to_be_visible()
    expect(sound).to_have_attribute("style", re.compile(r"--heard: *(?!0%)"))


def test_a_sound_plays_and_another_one_stops_it(company: Company, open_room: OpenRoom, quay: str) -> None:
    page = open_room(company.bob, quay)
    first, second = player(page, 0), player(page, 1)
    expect(first.locator(".player__time")).to_have_text("0:03")
    expect(second.locator(".player__time")).to_have_text("0:30")

    second.get_by_role("button", name="Play").click()
    assert_playing(second)
    first.get_by_role("button", name="Play").click()
    assert_playing(first)

    expect(second.get_by_role("button", name="Play")).to_be_visible()
    # To its end, and to its beginning again.
    expect(first.get_by_role("button", name="Play")).to_be_visible()
    expect(first.locator(".player__time")).to_have_text("0:03")


def test_every_place_is_reached_by_the_pointer_and_by_keys(company: Company, open_room: OpenRoom, quay: str) -> None:
    page = open_room(company.bob, quay)
    for sound, length in ((player(page, 0), 3), (player(page, 1), 30)):
        place = sound.get_by_role("slider", name=re.compile("Place in"))
        place.click()
        value = float(place.input_value())
        assert value == pytest.approx(length / 2, rel=0.1)
        expect(place).to_have_attribute("aria-valuetext", re.compile(rf"^0:\d\d of 0:{length:02}$"))
        place.press("ArrowRight")
        assert float(place.input_value()) == pytest.approx(value + length / 20, abs=0.3)
        place.press("Home")
        assert float(place.input_value()) == 0
        place.press("End")
        place.press("ArrowLeft")
        place.press(" ")
        assert_playing(sound)
        assert sound.evaluate(HEARD) > 90
        place.press(" ")
        expect(sound.get_by_role("button", name="Play")).to_be_visible()


def test_the_speed_is_kept(company: Company, open_room: OpenRoom, quay: str) -> None:
    page = open_room(company.bob, quay)
    player(page, 0).get_by_role("button", name="Speed: 1×").click()
    player(page, 0).get_by_role("button", name="Speed: 1.5×").click()

    expect(player(page, 1).get_by_role("button", name="Speed: 2×")).to_be_visible()
    page.reload()
    expect(player(page, 1).get_by_role("button", name="Speed: 2×")).to_be_visible()
    player(page, 1).get_by_role("button", name="Play").click()
    started = time.monotonic()
    page.wait_for_function(f"player => ({HEARD})(player) > 20", arg=player(page, 1).element_handle())
    assert time.monotonic() - started < 6


def test_it_goes_on_while_the_message_changes_and_the_room_is_left(
    company: Company, open_room: OpenRoom, quay: str
) -> None:
    company.open_room("mast")
    page = open_room(company.bob, quay)
    mark_page(page)
    player(page, 1).get_by_role("button", name="Play").click()
    assert_playing(player(page, 1))

    message = company.alice.rest.ask("GET", f"/rooms/{quay}/messages")["items"][-1]["id"]
    company.alice.rest.ask("PATCH", f"/messages/{message}", {"content": "Listen"})
    expect(page.get_by_text("Listen")).to_be_visible()
    assert_playing(player(page, 1))
    sidebar_link(page, "mast").click()
    mini = page.get_by_role("region", name="What plays")
    expect(mini.get_by_role("button", name="Pause")).to_be_visible()
    screenshot(page, "mini-player")
    page.go_back()
    assert_room(page, "quay", quay)
    expect(mini).to_have_count(0)
    assert_playing(player(page, 1))
    sidebar_link(page, "mast").click()
    mini.get_by_role("button", name="Stop playing").click()
    expect(mini).to_have_count(0)


def test_in_other_rooms_a_voice_message_has_its_author_and_leads_back(
    company: Company, open_room: OpenRoom, quay: str, tmp_path: Path
) -> None:
    company.open_room("mast")
    path = tmp_path / "Sprachnachricht 2026-11-28 09.14.ogg"
    post_recording(company, quay, write_sound(path, codec="libopus", seconds=20))
    page = open_room(company.bob, quay)
    mark_page(page)
    mini = page.get_by_role("region", name="What plays")

    player(page, 2).get_by_role("button", name="Play").click()
    assert_playing(player(page, 2))
    sidebar_link(page, "mast").click()
    expect(mini.get_by_role("link")).to_have_text(re.compile(r"^\s*Voice message\s+Alice\s*$"))
    screenshot(page, "mini-player-voice")
    assert axe_says_in_both_themes(page) == ""
    mini.get_by_role("link").click()

    expect(page).to_have_url(re.compile(rf"/rooms/{quay}/messages/[\w-]{{36}}/$"))
    assert_playing(player(page, 2))
    expect(mini).to_have_count(0)
    player(page, 1).get_by_role("button", name="Play").click()
    sidebar_link(page, "mast").click()
    expect(mini.get_by_role("link")).to_have_text(re.compile(r"^\s*b\.ogg\s+Alice\s*$"))


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_moves_and_axe_finds_nothing(
    company: Company, desk: Desk, quay: str, tmp_path: Path, options: dict[str, object]
) -> None:
    post_recording(company, quay, write_video(tmp_path / "film.webm", codec="libvpx", size=(320, 180), format="webm"))
    page = desk.open(company.bob, **options)
    held: list[Route] = []
    page.route("**/voice/player*", lambda route: held.append(route))
    page.goto(f"/rooms/{quay}/")
    expect(page.locator("audio-player")).to_have_count(2)
    assert_online(page)
    before = page.evaluate(BOXES)
    held[0].continue_()
    expect(player(page, 1)).to_be_visible()
    assert page.evaluate(BOXES) == before

    film = page.locator("video")
    box = film.bounding_box()
    assert box and box["width"] / box["height"] == pytest.approx(320 / 180, abs=0.02)
    film.evaluate("film => film.play()")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.1")
    player(page, 1).get_by_role("button", name="Play").click()
    assert_playing(player(page, 1))
    assert film.evaluate("film => film.paused")
    screenshot(page, f"players-{'phone' if options else 'desk'}")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert axe_says_in_both_themes(page) == ""


def test_without_scripts_the_browser_has_a_player(company: Company, desk: Desk, quay: str) -> None:
    page = desk.open(company.bob, f"/rooms/{quay}/", java_script_enabled=False)

    expect(page.locator("audio[controls]").first).to_be_visible()
    expect(page.locator(".player__wave").first).to_be_hidden()


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_the_page_of_a_sound_plays_it_as_a_message_does(
    company: Company, desk: Desk, quay: str, options: dict[str, object]
) -> None:
    asset = company.alice.rest.ask("GET", f"/rooms/{quay}/messages")["items"][0]["assets"][0]
    page = desk.open(company.bob, f"/o/{company.slug}/files/{asset['id']}/", **options)
    sound = player(page, 0)
    expect(sound.locator(".player__time")).to_have_text("0:03")
    assert page.locator("audio").count() == 0

    sound.get_by_role("button", name="Play").click()

    assert_playing(sound)
    expect(page.get_by_role("region", name="What plays")).to_have_count(0)
    screenshot(page, f"sound-page-{'phone' if options else 'desk'}")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert axe_says_in_both_themes(page) == ""


def test_what_cannot_be_played_says_so(company: Company, open_room: OpenRoom, desk: Desk, quay: str) -> None:
    desk.expect("404")
    page = open_room(company.bob, quay)
    expect(player(page, 0)).to_be_visible()
    page.route("**/content", lambda route: route.fulfill(status=404))

    player(page, 0).get_by_role("button", name="Play").click()

    expect(player(page, 0).get_by_role("alert")).to_have_text("It can’t be played here.")


def test_a_player_speaks_german(company: Company, desk: Desk, quay: str) -> None:
    company.bob.rest.ask("PATCH", "/me", {"language": "de"})
    try:
        page = desk.open(company.bob, f"/rooms/{quay}/", **PHONE)
        expect(player(page, 0).get_by_role("button", name="Abspielen")).to_be_visible()
        expect(player(page, 0).get_by_role("slider", name="Stelle in a.webm")).to_be_visible()
    finally:
        company.bob.rest.ask("PATCH", "/me", {"language": "en"})
