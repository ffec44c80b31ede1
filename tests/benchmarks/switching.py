"""How long it takes from a click on a room in the sidebar until its feed is painted, in Chromium.

The time is that of the browser's own trace: from the click to the first frame that is drawn with the next room's feed
live, which is at its place, with days and groups.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.rounds import Effort, Figures
from tests.benchmarks.words import sentence
from tests.browser.chromium import FLAGS, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOMS = ("ten", "hundred", "two-hundred", "thousand")
MESSAGES = 60
SPEAKERS = 6
SWITCHES = 20
# How a hand does it, in milliseconds: the pointer arrives and stops, the button goes down and up.
REST, PRESS = 100, 80
# Between switches: whatever a page does once it is live.
PAUSE = 500
LIVE_WITHIN = 10_000
TRIES = 3
CATEGORIES = ["blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline.frame"]
MARKS = """
addEventListener("click", ({ target }) => {
  const link = target.closest("a[data-room]")
  if (link) performance.mark("click")
}, true)
let shown = null
function check() {
  const { room } = document.querySelector("main room-feed[data-live]")?.dataset ?? {}
  if (room && room !== shown) performance.mark(`live ${shown = room}`)
  requestAnimationFrame(check)
}
requestAnimationFrame(check)
"""


def measure_switching(product: Product, effort: Effort) -> Figures:
    """Milliseconds, medians of 20: with the mouse, and by a click from nowhere, which nothing announces.

    Both go to rooms that were visited before in the tab; the third is such a click in a page that has just been loaded.
    """
    if not isinstance(product, Atrium):
        return {}
    with product.start() as server, _open_browser() as browser:
        _fill_rooms(product, server.port)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        name, _, value = product.world.browser.removeprefix("Cookie: ").partition("=")
        address = f"http://127.0.0.1:{server.port}"
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        page.add_init_script(MARKS)
        page.goto(f"{address}{product.page(ROOMS[-1])}")
        _await_live(page, product.world.rooms[ROOMS[-1]])
        figures = {
            "switching": _measure_switch(browser, page, product, _press_link),
            "switching-at-once": _measure_switch(browser, page, product, _click_at_once),
            "switching-first": _measure_switch(browser, page, product, _click_at_once, prepare=page.reload),
        }
        context.close()
    return figures


@contextmanager
def _open_browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _fill_rooms(product: Product, port: int) -> None:
    """Say something in each room, unless a round before has."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for room in ROOMS:
        for number in range(MESSAGES):
            name, _, token = product.world.people[number % SPEAKERS].partition(": ")
            body = json.dumps({"content": sentence(number), "client_id": f"switching-{room}-{number}"})
            headers = {name: token, "Content-Type": "application/json"}
            connection.request("POST", product.history(room), body, headers)
            connection.getresponse().read()
    connection.close()


def _measure_switch(
    browser: Browser,
    page: Page,
    product: Product,
    click: Callable[[Locator], None],
    *,
    prepare: Callable[[], object] | None = None,
) -> float:
    """Switch from room to room; `prepare` is called before each time."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    for number in range(SWITCHES):
        if prepare:
            prepare()
            _await_live(page, product.world.rooms[ROOMS[number % len(ROOMS) - 1]])
        _switch_room(page, product.world.rooms[ROOMS[number % len(ROOMS)]], click)
    trace = json.loads(browser.stop_tracing())
    return median(_read_times(trace["traceEvents"]))


def _switch_room(page: Page, room: str, click: Callable[[Locator], None]) -> None:
    """Click until it is one: a sidebar that is drawn anew between press and release gets none, in older builds."""
    from playwright.sync_api import TimeoutError as NotYetLive

    for _ in range(TRIES):
        click(page.locator(f'.nav-link[data-room="{room}"]'))
        with suppress(NotYetLive):
            return _await_live(page, room)
    raise RuntimeError("No click leads to another room")


def _press_link(link: Locator) -> None:
    link.hover()
    link.page.wait_for_timeout(REST)
    link.page.mouse.down()
    link.page.wait_for_timeout(PRESS)
    link.page.mouse.up()


def _click_at_once(link: Locator) -> None:
    link.dispatch_event("click")


def _await_live(page: Page, room: str) -> None:
    live = f'html[data-connection=up] main room-feed[data-live][data-room="{room}"]'
    page.wait_for_selector(live, timeout=LIVE_WITHIN)
    page.wait_for_timeout(PAUSE)


def _read_times(events: list[dict[str, Any]]) -> Iterator[float]:
    """Yield the milliseconds from each click to the first frame drawn after the next feed was painted."""
    clicked, awaited = 0.0, ""
    for event in sorted(events, key=lambda event: event.get("ts", 0)):
        name = event["name"]
        if name == "click" and "blink.user_timing" in event["cat"]:
            clicked, awaited = event["ts"], "live "
        elif awaited and name.startswith(awaited):
            awaited = {"live ": "Paint", "Paint": "DrawFrame", "DrawFrame": ""}[awaited]
            if not awaited:
                yield (event["ts"] - clicked) / 1000
