"""Voice messages: recorded in the composer, listened to, sent, and heard by others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.steps import assert_room, composer, mark_page, sidebar_link
from tests.browser.test_playing import assert_playing, player

OpenRoom = Callable[..., Page]
# It beeps once a second.
MICROPHONE = "--use-fake-device-for-media-stream"
ALLOWED = {"permissions": ["microphone"]}
# Others are refused then, without a question.
REFUSED = {"permissions": ["notifications"]}
NO_MICROPHONE = """() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("None", "NotFoundError"))
}"""
READ_LENGTH = """async (address) => {
    const sound = new Audio(address)
    await new Promise((resolve) => sound.addEventListener("loadedmetadata", resolve))
    return sound.duration
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser with a microphone."""
    if (path := find_chromium()) is None:
        pytest.skip("No browser with a microphone to test with.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*FLAGS, MICROPHONE])
        yield started
        started.close()


def recorder(page: Page) -> Locator:
    return page.locator("main .recorder")


def press(page: Page, name: str) -> None:
    recorder(page).get_by_role("button", name=name, exact=True).click()


def record(page: Page, *, until: str = "0:01") -> None:
    page.locator("main voice-button button").click()
    expect(recorder(page).locator(".recorder__time")).to_have_text(until)


def test_what_is_said_arrives(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("quay")
    alice, bob = open_room(company.alice, room, **ALLOWED), open_room(company.bob, room)

    record(alice)
    expect(recorder(alice)).to_contain_text("Recording, up to 10 minutes")
    expect(recorder(alice).get_by_role("button", name="Stop")).to_be_focused()
    screenshot(alice, "recording")
    press(alice, "Pause")
    expect(recorder(alice)).to_contain_text("Paused")
    press(alice, "Go on recording")
    expect(recorder(alice).locator(".recorder__time")).to_have_text("0:02")
    press(alice, "Stop")
    expect(recorder(alice).get_by_role("button", name="Send voice message")).to_be_focused()
    press(alice, "Play")
    assert_playing(recorder(alice).locator("audio-player"))
    screenshot(alice, "recorded")
    composer(alice).fill("Listen")
    press(alice, "Send voice message")

    expect(recorder(alice)).to_have_count(0)
    expect(composer(alice)).to_have_value("")
    heard = player(bob, 0)
    expect(heard.locator(".player__time")).to_have_text(re.compile("0:0[23]"))
    expect(bob.locator(".feed__item", has=heard)).to_contain_text("Listen")
    # With its waveform, once that is measured.
    expect(heard.locator(".player__wave path").first).not_to_have_attribute("d", re.compile("^(M[0-9]+ 50v0)+$"))
    heard.get_by_role("button", name="Play").click()
    assert_playing(heard)
    asset = company.bob.rest.ask("GET", f"/rooms/{room}/messages")["items"][-1]["assets"][0]
    assert asset["mime_type"] == "audio/webm" and 2 <= asset["duration"] < 4
    assert asset["name"].startswith("Voice message 20")
    assert bob.evaluate(READ_LENGTH, heard.get_attribute("data-src")) == pytest.approx(asset["duration"], abs=0.3)


def test_a_refusal_is_said_in_words(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("quay"), **REFUSED)

    page.locator("main voice-button button").click()

    expect(recorder(page)).to_contain_text("This page may not use the microphone.")
    screenshot(page, "refused")
    page.context.grant_permissions(["microphone"])
    press(page, "Try again")
    expect(recorder(page)).to_contain_text("Recording")
    press(page, "Discard")
    expect(recorder(page)).to_have_count(0)


def test_without_a_microphone_that_is_said(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("quay"), **ALLOWED)
    page.evaluate(NO_MICROPHONE)

    page.locator("main voice-button button").click()

    expect(recorder(page)).to_contain_text("No microphone was found.")
    press(page, "Close")
    expect(recorder(page)).to_have_count(0)
    expect(composer(page)).to_be_focused()


def test_browsers_that_cannot_record_have_no_button(company: Company, desk: Desk) -> None:
    page = desk.open(company.alice)
    page.add_init_script("delete window.MediaRecorder")
    page.goto(f"/rooms/{company.open_room('quay')}/")

    expect(page.locator("room-feed[data-live]")).to_be_visible()
    expect(page.locator("voice-button")).to_have_count(0)


def test_what_is_discarded_can_be_had_back(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("quay"), **ALLOWED)
    record(page)
    press(page, "Discard")
    expect(recorder(page)).to_have_count(0)
    expect(page.locator(".toast")).to_have_count(0)

    record(page, until="0:03")
    press(page, "Discard")
    expect(recorder(page)).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Undo").click()

    expect(recorder(page).locator("audio-player .player__time")).to_have_text(re.compile("0:0[345]"))
    press(page, "Play")
    assert_playing(recorder(page).locator("audio-player"))


def test_it_waits_where_it_was_recorded(company: Company, open_room: OpenRoom) -> None:
    quay, mast = company.open_room("quay"), company.open_room("mast")
    page = open_room(company.alice, quay, **ALLOWED)
    mark_page(page)
    record(page)

    sidebar_link(page, "mast").click()
    assert_room(page, "mast", mast)
    expect(recorder(page)).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("The recording has ended.")
    page.go_back()
    assert_room(page, "quay", quay)

    expect(recorder(page)).to_contain_text("The recording ended when you left the room.")
    press(page, "Send voice message")
    expect(player(page, 0)).to_be_visible()
    assert company.bob.rest.ask("GET", f"/rooms/{mast}/messages")["items"] == []


def test_a_thread_has_a_recorder_of_its_own(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("quay")
    root = company.bob.rest.ask("POST", f"/rooms/{room}/messages", {"content": "Say it aloud"})["id"]
    page = open_room(company.alice, room, **ALLOWED)
    page.goto(f"/messages/{root}/thread/")
    panel = page.locator("#panel")

    panel.locator("voice-button button").click()
    expect(panel.locator(".recorder__time")).to_have_text("0:01")
    # There is one microphone.
    record(page)
    expect(panel.locator(".recorder")).to_contain_text("The recording ended when you began another.")
    press(page, "Discard")
    panel.get_by_role("button", name="Send voice message").click()

    expect(panel.locator("audio-player[data-ready]")).to_be_visible()
    expect(panel.locator(".recorder")).to_have_count(0)
    reply = panel.locator(".feed__item", has=page.locator("audio-player"))
    expect(reply.locator(".file__name")).to_contain_text("Voice message")


def test_it_ends_at_the_limit(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("quay"), **ALLOWED)
    record(page)

    page.evaluate("const now = performance.now.bind(performance); performance.now = () => now() + 600_000")

    expect(recorder(page)).to_contain_text("This is the limit of 10 minutes.")


def test_a_page_with_a_recording_asks_before_it_is_left(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("quay"), **ALLOWED)
    record(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.goto(f"/o/{company.slug}/people/")

    assert asked == ["beforeunload"]


def test_on_a_phone_and_in_both_themes_it_is_usable(company: Company, open_room: OpenRoom) -> None:
    small = PHONE | {"viewport": {"width": 320, "height": 640}}
    company.alice.rest.ask("PATCH", "/me", {"language": "de"})
    try:
        page = open_room(company.alice, company.open_room("quay"), **small, **ALLOWED)
        page.locator("main voice-button button").click()
        german = page.get_by_role("group", name="Sprachnachricht", exact=True).first
        expect(german).to_contain_text("Aufnahme")
        screenshot(page, "recording-phone")
        assert axe_says_in_both_themes(page) == ""
        german.get_by_role("button", name="Beenden", exact=True).click()
        expect(german.locator("audio-player[data-ready]")).to_be_visible()
        screenshot(page, "recorded-phone")
        assert axe_says_in_both_themes(page) == ""
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    finally:
        company.alice.rest.ask("PATCH", "/me", {"language": "en"})
