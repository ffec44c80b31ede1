"""What people do and see at a browser, in words."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect

MESSAGES = ".feed__item"


def join_room(page: Page, room: str) -> None:
    """Go to a room unless there, and wait until it is live."""
    if f"/rooms/{room}/" not in page.url:
        page.goto(f"/rooms/{room}/")
    await_room(page, room)


def await_room(page: Page, room: str) -> None:
    """Wait until the page that a click leads to is a room that is live."""
    page.wait_for_url(f"**/rooms/{room}/**")
    expect(page.locator("room-feed[data-live]")).to_be_visible()
    assert_online(page)


def assert_online(page: Page) -> None:
    expect(page.locator("html[data-connection=up]")).to_have_count(1)
    expect(page.locator(".sidebar__state")).to_have_text("online")
    expect(page.locator("connection-banner")).to_be_hidden()


def composer(page: Page) -> Locator:
    return page.locator("room-composer textarea")


def send_message(page: Page, text: str) -> None:
    composer(page).fill(text)
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("")


def message(page: Page, text: str) -> Locator:
    return page.locator(MESSAGES, has=page.get_by_text(text, exact=True))


def assert_message_text(page: Page, text: str) -> None:
    """It is there, once, and settled."""
    expect(message(page, text)).to_have_count(1)
    expect(page.locator(f"{MESSAGES}[data-pending]", has_text=text)).to_have_count(0)


def assert_no_message(page: Page, text: str) -> None:
    expect(message(page, text)).to_have_count(0)


def texts(page: Page) -> list[str]:
    return page.locator(f"{MESSAGES} .message__body").all_inner_texts()


def act_on(page: Page, text: str, action: str) -> None:
    """Press a button of a message's toolbar, which only shows under the pointer.

    Where the feed moves in between, the pointer is over another message, and has to be brought back.
    """
    button = message(page, text).get_by_role("button", name=action, exact=True)
    for patience in (2_000, 2_000, None):
        message(page, text).hover()
        try:
            return button.click(timeout=patience)
        except TimeoutError:
            if patience is None:
                raise


def choose(page: Page, text: str, item: str) -> None:
    """Take one of a message's further actions."""
    act_on(page, text, "More actions")
    page.locator("#message-menu").get_by_role("button", name=item, exact=True).click()


def chip(page: Page, text: str, emoji: str) -> Locator:
    """An emoji under a message."""
    return message(page, text).locator(f'.reaction[data-emoji="{emoji}"]')


def sidebar_link(page: Page, name: str) -> Locator:
    return page.locator("#sidebar .nav-link", has=page.get_by_text(name, exact=True))


def distance_from_bottom(page: Page) -> int:
    return page.locator("room-feed").evaluate("box => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight)")


def mark_page(page: Page) -> None:
    """Remember that no page is loaded from now on."""
    page.evaluate("window.isSamePage = true")


def assert_room(page: Page, name: str, room: str, *, same_page: bool = True) -> None:
    expect(page.locator(f"main room-feed[data-live][data-room='{room}']")).to_be_visible()
    expect(page.locator("#sidebar [aria-current=page]")).to_contain_text(name)
    expect(page.locator("main h1")).to_have_text(name)
    expect(page).to_have_title(re.compile(rf"^(\(\d+\) )?{name} - "))
    assert page.url.endswith(f"/rooms/{room}/")
    assert page.evaluate("Boolean(window.isSamePage)") is same_page
