"""What people see of the pages, and of the messages, that messages link to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import axe_says_in_both_themes
from tests.browser.conftest import PHONE, Company, Desk, Member, _arrive, screenshot
from tests.browser.steps import MESSAGES, send_message
from tests.chat.previews.steps import build_page, draw_picture
from tests.live import LiveServer
from tests.webserver import Conversation, WebServer, build_answer

OpenRoom = Callable[..., Page]
# Another address of this machine than that of the server under test, which asks itself nothing.
SITE = "127.0.0.2"
NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</a></li></ul><iframe src=javascript:alert(1)>",
    "{{ constructor.constructor('alert(1)')() }}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)//",
    "<style>*{display:none}</style>",
    "\u202e\u2066evil\u2069",
    "a" * 5000,
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that may ask the site."""
    folder = tmp_path_factory.mktemp("previews")
    with LiveServer(folder, LINK_PREVIEWS="on", OUTBOUND_NETWORKS=f"{SITE}/32") as live:
        yield live


@pytest.fixture(scope="module")
def cast(server: LiveServer) -> tuple[Member, Member]:
    return _arrive(server, "Alice"), _arrive(server, "Bob")


@pytest.fixture
def site() -> Iterator[WebServer]:
    with WebServer(SITE) as server:
        yield server


def message(page: Page, text: str) -> Locator:
    return page.locator(MESSAGES, has_text=text)


def cards(page: Page) -> Locator:
    return page.locator(".link-card")


def put_tides(site: WebServer) -> str:
    picture = site.put("/tides.png", draw_picture(), "image/png")
    words = "High water at noon, low water at six. Boats with more than two metres wait outside of the harbour."
    return site.put("/tides", build_page("Tides of Ellery", description=words, site_name="Ellery Port", image=picture))


def test_a_preview_appears_to_all_and_its_author_removes_it(
    company: Company, open_room: OpenRoom, site: WebServer
) -> None:
    room = company.open_room("design")
    # Without transitions, of which axe would see the middle.
    alice, bob = open_room(company.alice, room, reduced_motion="reduce"), open_room(company.bob, room)

    send_message(alice, f"See {put_tides(site)}")

    for page in (alice, bob):
        expect(cards(page).get_by_role("link", name="Tides of Ellery")).to_have_attribute("href", f"{site.url}/tides")
        expect(cards(page).locator("img")).to_have_js_property("naturalWidth", 480)
    screenshot(bob, "link-preview")
    cards(alice).hover()
    assert axe_says_in_both_themes(alice) == ""
    screenshot(alice, "link-preview-dark")
    expect(cards(bob).get_by_role("button", name="Remove preview")).to_have_count(0)
    cards(alice).hover()
    cards(alice).get_by_role("button", name="Remove preview").click()
    for page in (alice, bob):
        expect(cards(page)).to_have_count(0)
        expect(message(page, "See")).to_be_visible()


def test_nothing_that_a_page_says_is_more_than_text(
    company: Company, open_room: OpenRoom, desk: Desk, site: WebServer
) -> None:
    room = company.open_room("design")
    alice = open_room(company.alice, room)
    dialogs: list[str] = []
    alice.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for number, nasty in enumerate(NASTY):
        said = dict.fromkeys(("title", "description", "site_name", "image"), nasty)
        company.alice.say(room, site.put(f"/{number}", build_page(nasty, **said)))

    expect(cards(alice)).to_have_count(len(NASTY))
    assert cards(alice).locator("script, iframe, style, svg:not(.icon)").count() == 0
    assert cards(alice).locator("img").count() == 0
    titles = cards(alice).locator(".link-card__title").all_inner_texts()
    assert titles[:3] == NASTY[:3]
    alice.reload()
    expect(cards(alice)).to_have_count(len(NASTY))
    assert dialogs == []


def test_a_reader_at_the_bottom_stays_there_and_one_above_stays_where_they_are(
    company: Company, open_room: OpenRoom, site: WebServer
) -> None:
    room = company.open_room("design")
    company.bob.say(room, *(f"Line {number}" for number in range(40)))
    held = hold(site, "/slow", build_page("Tides of Ellery", description="High water. " * 20))
    low, high = open_room(company.bob, room), open_room(company.bob, room)
    low.wait_for_function(IS_AT_BOTTOM)
    high.wait_for_function(IS_AT_BOTTOM)
    company.alice.say(room, f"{site.url}/slow", *(f"After {number}" for number in range(40)))
    for page in (low, high):
        expect(message(page, "After 39")).to_be_visible()
    # Above what this one reads is the message that gets a card.
    high.locator("room-feed").evaluate("feed => feed.scrollBy(0, -60)")
    expect(message(high, "After 38")).to_be_in_viewport()
    before = message(high, "After 38").bounding_box()

    held.set()

    for page in (low, high):
        expect(cards(page)).to_have_count(1)
    low.wait_for_function(IS_AT_BOTTOM)
    assert message(high, "After 38").bounding_box() == before


IS_AT_BOTTOM = """() => {
  const feed = document.querySelector("room-feed")
  return feed.scrollHeight - feed.scrollTop - feed.clientHeight < 2
}"""


def hold(site: WebServer, path: str, page: str) -> Event:
    """Answer a path once the returned event is set."""
    released = Event()

    def answer_late(conversation: Conversation) -> None:
        released.wait(4)
        content = page.encode()
        headers = {"Content-Type": "text/html", "Content-Length": str(len(content))}
        conversation.wfile.write(build_answer("200 OK", headers, content))

    site.answers[path] = answer_late
    return released


def test_a_link_to_a_message_shows_it_to_those_who_may_see_it(
    company: Company, desk: Desk, open_room: OpenRoom, server: LiveServer
) -> None:
    desk.expect("404")
    room = company.open_room("design")
    secret = str(
        company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", {"name": "board", "kind": "group"})["id"]
    )
    body = {"content": "The **harbour** <img src=x onerror=alert(1)>"}
    linked = company.alice.rest.ask("POST", f"/rooms/{secret}/messages", body)["id"]
    company.alice.say(room, f"See {server.url}/rooms/{secret}/messages/{linked}/")

    # Without transitions, of which axe would see the middle.
    alice, bob = open_room(company.alice, room, reduced_motion="reduce"), open_room(company.bob, room)

    expect(cards(alice)).to_contain_text("#board")
    expect(cards(alice)).to_contain_text("The harbour <img src=x onerror=alert(1)>")
    assert axe_says_in_both_themes(alice) == ""
    screenshot(alice, "message-card")
    expect(message(bob, "See")).to_be_visible()
    with bob.expect_response(lambda response: response.url.endswith("/card/")) as refused:
        bob.reload()
    assert refused.value.status == 404
    expect(cards(bob)).to_have_count(0)
    cards(alice).get_by_role("link", name="Alice").click()
    expect(alice.locator("[data-target] .message__body")).to_contain_text("The harbour")


def test_cards_fit_a_phone_in_german(company: Company, desk: Desk, site: WebServer) -> None:
    room = company.open_room("design")
    long = site.put("/long", build_page("Fahrwasserbetonnungsänderungsmitteilung" * 4, description="x" * 400))
    company.alice.say(room, put_tides(site), long)

    phone = desk.open(company.alice, f"/rooms/{room}/", locale="de-DE", **PHONE)

    expect(cards(phone)).to_have_count(2)
    expect(phone.get_by_role("list", name="Verlinkte Seiten").first).to_be_visible()
    expect(cards(phone).first.get_by_role("button", name="Vorschau entfernen")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot(phone, "link-preview-phone")


def test_an_organisation_switches_previews_off(
    company: Company, cast: tuple[Member, Member], desk: Desk, open_room: OpenRoom, site: WebServer
) -> None:
    room, elsewhere = company.open_room("design"), Company.founded("Elsewhere", *cast).open_room("design")
    settings = desk.open(company.alice, f"/o/{company.slug}/settings/")

    settings.locator("section", has=settings.locator("#link-previews")).get_by_role("button", name="Turn off").click()

    expect(settings.get_by_role("status").filter(has_text="Link previews are off.")).to_be_visible()
    page = open_room(company.alice, room)
    send_message(page, put_tides(site))
    # Jobs start in their order: the one that asks nobody has ended by then.
    other = open_room(company.alice, elsewhere)
    send_message(other, site.put("/calm", build_page("Calm")))
    expect(cards(other)).to_have_text("127.0.0.2Calm")
    settings.locator("section", has=settings.locator("#link-previews")).get_by_role("button", name="Turn on").click()
    expect(settings.get_by_text("Link previews are on.")).to_be_visible()
    send_message(page, site.put("/wind", build_page("Wind")))
    expect(cards(page)).to_have_text("127.0.0.2Wind")
    assert [asked.path for asked in site.asked] == ["/calm", "/wind"]


def test_a_preview_that_a_restart_interrupted_is_fetched_again(
    company: Company, open_room: OpenRoom, server: LiveServer, site: WebServer
) -> None:
    room = company.open_room("design")
    released = hold(site, "/tides", build_page("Tides of Ellery"))
    company.alice.say(room, f"{site.url}/tides")

    server.kill()
    released.set()
    server.start()

    expect(cards(open_room(company.alice, room))).to_contain_text("Tides of Ellery")
