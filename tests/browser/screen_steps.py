"""What is done on a screen before it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.accounts.pictures import halves
from tests.browser.entrance import begin_enrolment, confirm_enrolment, sign_in, sign_up
from tests.browser.steps import composer


def submit(**fields: str) -> Callable[[Page], None]:
    """Fill in the form of a page and send it."""

    def step(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f"main [name={name}]").fill(value)
        page.locator("main form:has([name]) [type=submit]").first.click()
        expect(page.locator(".field__error").first).to_be_visible()

    return step


def press(name: str) -> Callable[[Page], None]:
    """Press the button so called."""
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def show_details(page: Page) -> None:
    page.get_by_role("link", name="About this room").click()
    expect(page.locator("#panel h3").first).to_be_visible()


def edit_last(page: Page) -> None:
    composer(page).press("ArrowUp")
    expect(page.get_by_label("Edit your message")).to_be_focused()


def open_menu(page: Page) -> None:
    first = page.locator(".message").first
    first.scroll_into_view_if_needed()
    first.dispatch_event("touchstart")
    first.get_by_role("button", name="More").click()
    expect(page.locator(".menu:popover-open")).to_be_visible()


def open_sending_times(page: Page) -> None:
    page.locator("main room-composer textarea").fill("Good morning")
    page.locator("main").get_by_role("button", name="Send later").click()
    expect(page.locator("#time-menu")).to_be_visible()


def choose_sending_time(page: Page) -> None:
    open_sending_times(page)
    page.locator("#time-menu").get_by_role("button", name="Pick a date and a time").click()
    expect(page.get_by_role("dialog", name="Send later")).to_be_visible()


def press_summary(words: str) -> Callable[[Page], None]:
    """Open what the first such words hide."""
    return lambda page: page.locator("summary", has_text=words).first.click()


def choose_of_menu(item: str, dialog: str) -> Callable[[Page], None]:
    """Take an action of the second message's menu that asks more in a dialog."""

    def step(page: Page) -> None:
        second = page.locator(".message").nth(1)
        second.scroll_into_view_if_needed()
        second.dispatch_event("touchstart")
        second.get_by_role("button", name="More").click()
        page.locator("#message-menu").get_by_role("button", name=item, exact=True).click()
        expect(page.get_by_role("dialog", name=dialog)).to_be_visible()

    return step


def enlarge(name: str) -> Callable[[Page], None]:
    """Open a picture of the feed in the lightbox."""

    def step(page: Page) -> None:
        page.locator("main room-feed").get_by_role("link", name=name).click()
        expect(page.locator(".lightbox__stage[aria-busy=false] img")).to_be_visible()

    return step


def complete(text: str) -> Callable[[Page], None]:
    """Type what the composer completes."""

    def step(page: Page) -> None:
        composer(page).press_sequentially(text)
        expect(page.get_by_role("option").first).to_be_visible()

    return step


def ask_for_a_date(page: Page) -> None:
    page.locator("[data-picks-date]").first.click()
    expect(page.get_by_role("dialog", name="Go to a date")).to_be_visible()


def make_token(*levels: str, shows: str) -> Callable[[Page], None]:
    """Ask for an access token that may do that with messages."""

    def step(page: Page) -> None:
        page.get_by_label("What it is for").fill("Harbour watch")
        for level in levels:
            page.get_by_role("group", name="Messages").get_by_label(level).check()
        page.get_by_role("button", name="Make token").click()
        expect(page.get_by_text(shows)).to_be_visible()

    return step


def choose_a_picture(page: Page) -> None:
    picture = {"name": "me.png", "mimeType": "image/png", "buffer": halves()}
    page.get_by_label("Choose a picture").set_input_files(picture)  # type: ignore[arg-type]
    expect(page.get_by_role("application")).to_be_visible()


def open_bell(page: Page) -> None:
    page.locator("[data-bell]").click()
    expect(page.locator("#bell-panel .notification").first).to_be_visible()


def open_own_menu(page: Page) -> None:
    if not page.locator(".user-menu-button").is_visible():
        page.get_by_title("Open the sidebar").click()
    page.get_by_title("Status, presence, sign out").click()
    expect(page.get_by_role("button", name="Busy", exact=True)).to_be_visible()


def say_a_status(page: Page) -> None:
    open_own_menu(page)
    page.get_by_role("link", name="Set a status").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def overreach(page: Page) -> None:
    """Ask for what the page does not offer."""
    page.locator("#panel form").first.evaluate("form => { form.action = location.href; form.submit() }")
    expect(page.get_by_text("Error 403")).to_be_visible()


def ask_for_an_address(page: Page) -> None:
    page.get_by_label("New address").fill("a@halyard.example")
    page.get_by_label("Your password").fill("wrong")
    press("Send the link")(page)
    expect(page.locator(".field__error").first).to_be_visible()


def type_a_common_password(page: Page) -> None:
    page.get_by_label("New password", exact=True).fill("password123")
    expect(page.get_by_text("This password is too common.")).to_be_visible()


def lose_the_cookies(page: Page) -> None:
    page.context.clear_cookies()
    page.locator("main form").first.evaluate("form => form.submit()")
    expect(page.get_by_text("Error 403")).to_be_visible()


def type_a_wrong_code(page: Page) -> None:
    press("Set up")(page)
    submit(otp="12345")(page)


def enrol(page: Page) -> None:
    sign_up(page, "Sofia")
    confirm_enrolment(page, begin_enrolment(page))


def be_asked_for_a_code(page: Page) -> None:
    sign_in(page, "dora@halyard.example")
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
