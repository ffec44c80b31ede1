"""What stands in place of a page that can't be loaded, and what another app shares."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Company, Desk
from tests.browser.steps import await_room, composer, join_room

TAKEN_OVER = """navigator.serviceWorker.controller !== null || new Promise((resolve) =>
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true), { once: true }))"""


def open_with_worker(desk: Desk, company: Company, room: str) -> Page:
    page = desk.open(company.bob, service_workers="allow")
    page.goto(f"/rooms/{room}/")
    join_room(page, room)
    page.evaluate(TAKEN_OVER)
    return page


def test_without_network_a_page_shows_what_is_kept_and_comes_back_by_itself(desk: Desk, company: Company) -> None:
    room = company.open_room("Quay")
    page = open_with_worker(desk, company, room)
    composer(page).fill("The tide turns at noon")
    page.context.set_offline(True)

    page.goto(f"/rooms/{room}/details/")
    expect(page.get_by_role("heading", name="No connection to Atrium")).to_be_visible()
    draft = page.get_by_role("textbox", name="Quay: Draft")
    expect(draft).to_have_value("The tide turns at noon")
    draft.fill("The tide turns at one")
    page.context.set_offline(False)

    join_room(page, room)
    expect(composer(page)).to_have_value("The tide turns at one")


def test_the_worker_keeps_no_page_of_any_user(desk: Desk, company: Company) -> None:
    room = company.open_room("Quay")
    page = open_with_worker(desk, company, room)

    kept = page.evaluate("""async () => {
        const names = await caches.keys()
        const caches_ = await Promise.all(names.map((name) => caches.open(name)))
        const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat()
        return requests.map(({ url }) => new URL(url).pathname)
    }""")

    assert [path for path in kept if not path.startswith("/static/")] == ["/offline/"]


def test_what_another_app_shares_waits_in_the_composer(desk: Desk, company: Company) -> None:
    room = company.open_room("Quay")
    page = desk.open(company.bob, f"/share/?org={company.slug}&title=Tides&url=https%3A%2F%2Ftides.example%2F")

    page.get_by_role("radio", name="Quay").check()
    page.get_by_role("button", name="Put into the room’s draft").click()

    await_room(page, room)
    expect(composer(page)).to_have_value("Tides\nhttps://tides.example/")


def test_installing_is_offered_until_the_user_says_no(desk: Desk, company: Company) -> None:
    page = desk.open(company.bob, "/settings/notifications/")
    offer = """() => dispatchEvent(Object.assign(new Event("beforeinstallprompt", { cancelable: true }),
        { prompt: () => (document.body.dataset.asked = "") }))"""
    hint = page.locator("install-hint")
    expect(hint).to_be_hidden()

    assert page.evaluate(offer) is False
    hint.get_by_role("button", name="Install").click()
    expect(page.locator("body[data-asked]")).to_have_count(1)
    expect(hint).to_be_hidden()

    page.evaluate(offer)
    hint.get_by_role("button", name="Don’t offer again").click()
    page.reload()
    expect(page.locator("push-devices [data-state=off], push-devices [data-state=denied]").first).to_be_attached()
    assert page.evaluate(offer) is True
    expect(hint).to_be_hidden()
