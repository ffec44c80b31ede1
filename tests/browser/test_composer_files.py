"""Files in a composer: how they get there, what is said of them, and how they go with a message."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.attaching import (
    LARGE,
    SLOW,
    act_on_file,
    choose_files,
    expect_uploaded,
    hand_over,
    limit_speed,
    list_file_names,
    picture,
    row,
    rows,
    text_file,
    wait_until_under_way,
)
from tests.browser.axe import SMALL_TARGETS, axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, screenshot
from tests.browser.steps import (
    MESSAGES,
    assert_message_text,
    assert_room,
    composer,
    message,
    send_message,
    sidebar_link,
)
from tests.browser.test_threads import open_thread, panel
from tests.live import LiveServer

OpenRoom = Callable[..., Page]


def test_files_are_sent_in_their_order_with_the_text_as_their_caption(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)

    with alice.expect_file_chooser() as chooser:
        alice.locator("main").get_by_role("button", name="Attach files").click()
    chooser.value.set_files([text_file("b.txt", 3000), text_file("a.txt")])  # type: ignore[arg-type]
    choose_files(alice, text_file("c.txt", 2_000_000))
    expect_uploaded(alice, "b.txt", "a.txt", "c.txt")
    expect(row(alice, "b.txt").locator(".tray__state")).to_have_text(re.compile("2.9.kB"))
    send_message(alice, "The plan")

    assert_message_text(bob, "The plan")
    assert list_file_names(bob) == list_file_names(alice) == ["b.txt", "a.txt", "c.txt"]
    expect(rows(alice)).to_have_count(0)
    expect(alice.locator("main .tray")).to_be_hidden()


def test_files_alone_are_a_message(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    send = page.locator("main").get_by_role("button", name="Send", exact=True)
    expect(send).to_be_disabled()

    choose_files(page, text_file("a.txt"))
    expect(send).to_be_enabled()
    send.click()

    expect(page.locator(f"{MESSAGES}:not([data-pending]) [data-asset]")).to_have_count(1)
    expect(send).to_be_disabled()


def test_pasted_and_dropped_files_are_attached(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))

    assert not hand_over(page, "main textarea", "paste", "pasted.txt")
    expect_uploaded(page, "pasted.txt")
    hand_over(page, "main room-feed", "dragenter", "dropped.txt")
    assert "Drop files here" in page.locator("main").evaluate("(main) => getComputedStyle(main, '::after').content")
    assert not hand_over(page, "main room-feed", "drop", "dropped.txt", "too.txt")

    expect_uploaded(page, "pasted.txt", "dropped.txt", "too.txt")
    expect(page.locator("[data-drop]")).to_have_count(0)
    # Beside the room a file is not opened in its place.
    assert not hand_over(page, "#sidebar", "drop", "missed.txt")
    expect(rows(page)).to_have_count(3)


def test_a_picture_is_shown_small_and_described(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)

    choose_files(alice, picture("boats.png"), text_file("a.txt"))
    expect(row(alice, "boats.png").locator("canvas")).to_be_visible()
    expect(row(alice, "a.txt").get_by_role("textbox")).to_have_count(0)
    alice.get_by_label("Description of boats.png").fill("Two boats at low tide")
    alice.get_by_label("Description of boats.png").press("Enter")
    expect(composer(alice)).to_be_focused()
    composer(alice).press("Enter")

    expect(bob.get_by_role("img", name="Two boats at low tide")).to_be_visible()


def test_a_message_waits_for_its_files_and_others_do_not(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    limit_speed(alice, SLOW)

    choose_files(alice, text_file("film.txt", LARGE))
    wait_until_under_way(alice, "film.txt")
    send_message(alice, "The film")
    expect(rows(alice)).to_have_count(0)
    expect(message(alice, "The film").locator(".message__status")).to_contain_text(re.compile(r"Uploading: \d+%"))
    send_message(alice, "It takes a while")
    assert_message_text(bob, "It takes a while")
    limit_speed(alice)

    assert_message_text(bob, "The film")
    assert_message_text(alice, "The film")
    assert list_file_names(bob) == ["film.txt"]


def test_a_message_that_waits_can_be_written_on(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    limit_speed(page, SLOW)
    choose_files(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")
    send_message(page, "The film")

    message(page, "The film").get_by_role("button", name="Edit").click()

    expect(composer(page)).to_have_value("The film")
    expect(page.locator(".tray__name")).to_have_text(["film.txt"])
    expect(message(page, "The film")).to_have_count(0)


def test_files_go_to_a_thread_from_its_own_composer(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    send_message(page, "Tea?")
    open_thread(page, "Tea?")

    choose_files(page, text_file("menu.txt"), within="#panel")
    expect_uploaded(page, "menu.txt", within="#panel")
    expect(rows(page)).to_have_count(0)
    panel(page).locator("room-composer textarea").press("Enter")

    expect(panel(page).locator(".feed > .feed__item [data-asset]")).to_contain_text("menu.txt")
    expect(page.locator("main .feed__item [data-asset]")).to_have_count(0)


def test_files_stay_with_the_draft_of_their_room(company: Company, open_room: OpenRoom) -> None:
    design, quay = company.open_room("design"), company.open_room("quay")
    page = open_room(company.alice, design)
    page.evaluate("window.isSamePage = true")
    limit_speed(page, SLOW)
    choose_files(page, text_file("film.txt", LARGE))
    wait_until_under_way(page, "film.txt")

    sidebar_link(page, "quay").click()
    assert_room(page, "quay", quay)
    expect(rows(page)).to_have_count(0)
    limit_speed(page)
    sidebar_link(page, "design").click()
    assert_room(page, "design", design)

    expect_uploaded(page, "film.txt")


def test_limits_are_said_before_anything_is_sent(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    page.locator("main room-composer").evaluate("(composer) => (composer.dataset.maxBytes = 1000)")

    choose_files(page, text_file("large.txt", 2000), *(text_file(f"{n}.txt") for n in range(21)))

    refusal = page.locator("main").get_by_role("alert").filter(has_text="large.txt")
    expect(refusal).to_have_text(
        "large.txt has 2.0 kB. A file may have at most 1,000 byte. "
        "A message holds up to 20 files. Send the others in another."
    )
    expect_uploaded(page, *(f"{n}.txt" for n in range(20)))


def test_a_full_storage_is_said_and_stops_one_file_only(
    company: Company, open_room: OpenRoom, server: LiveServer, desk: Desk
) -> None:
    desk.expect("413")
    page = open_room(company.alice, company.open_room("design"))
    server.manage(
        *("shell", "-c"),
        "from accounts.models import Organisation; from assets.models import StorageUse; StorageUse.objects.create("
        f"organisation=Organisation.objects.get(slug={company.slug!r}), quota=3000)",
    )

    choose_files(page, text_file("large.txt", 5000), text_file("a.txt"))

    expect(row(page, "large.txt").locator(".tray__state")).to_contain_text("The storage of this organisation has no")
    expect(row(page, "a.txt").locator("progress")).to_be_hidden()
    composer(page).fill("Both?")
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("Both?")
    expect(row(page, "large.txt").get_by_role("button", name="Retry large.txt")).to_be_focused()
    act_on_file(page, "large.txt", "Remove")
    expect(row(page, "a.txt").get_by_role("button", name="Remove a.txt")).to_be_focused()
    send_message(page, "Both?")
    assert_message_text(page, "Both?")
    assert list_file_names(page) == ["a.txt"]


def test_a_long_text_can_be_a_file(company: Company, open_room: OpenRoom) -> None:
    page = open_room(company.alice, company.open_room("design"))
    composer(page).fill("See: ")
    log = "\n".join(f"line {number}" for number in range(600))
    composer(page).evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/plain", text)
          field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }))
          document.execCommand("insertText", false, text)
        }""",
        log,
    )

    page.get_by_role("button", name="Attach it as a file").click()

    expect(composer(page)).to_have_value("See: ")
    expect_uploaded(page, "Pasted text.txt")
    expect(page.locator(".tray__offer")).to_have_count(0)


def test_the_tray_is_usable_by_all_on_a_phone_and_in_german(company: Company, open_room: OpenRoom) -> None:
    for number, options in enumerate(({}, PHONE, {**PHONE, "locale": "de"})):
        page = open_room(company.alice, company.open_room(f"design {number}"), **options)
        limit_speed(page, SLOW)
        choose_files(page, picture("boats.png"), text_file("a very long name of a file " * 4 + ".txt", LARGE))
        expect(rows(page)).to_have_count(2)
        assert axe_says_in_both_themes(page) == ""
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if number:
            assert page.evaluate(SMALL_TARGETS) == []
        screenshot(page, f"tray-{number}")
        page.context.close()
