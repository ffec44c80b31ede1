"""What the service worker does with pushes and clicks, in a blank page that stands for its surroundings."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.modules import ORIGIN, OpenModules, open_modules  # noqa: F401  a fixture

# What a worker finds around it. `tabs` are the windows that are open; all that it asks for is written down.
SURROUNDINGS = f"""
window.done = []
window.shown = []
const note = (...what) => done.push(what)
const listeners = {{}}
class Tab {{
  constructor(url) {{ this.url = url }}
  async focus() {{ note("focus", new URL(this.url).pathname); return this }}
  postMessage(message) {{ note("message", message.url) }}
}}
window.tabs = []
const worker = {{
  addEventListener: (type, listener) => (listeners[type] = listener),
  location: new URL("{ORIGIN}/service-worker.js"),
  navigator: {{
    setAppBadge: async (count) => note("badge", count),
    clearAppBadge: async () => note("badge", 0),
  }},
  registration: {{
    showNotification: async (title, options) => {{ shown.push({{ title, ...options }}) }},
    getNotifications: async () => shown.map((each) => ({{ ...each, close: () => note("close", each.tag) }})),
  }},
  clients: {{
    matchAll: async () => tabs.map((url) => new Tab(url)),
    openWindow: async (url) => note("window", new URL(url).pathname),
  }},
}}
window.fire = async (type, values) => {{
  let work
  listeners[type]({{ ...values, waitUntil: (promise) => (work = promise) }})
  await work
  return {{ done, shown }}
}}
window.push = (payload) => fire("push", {{ data: {{ json: () => {{
  if (typeof payload === "string") throw new SyntaxError()
  return payload
}} }} }})
window.click = (url) => fire("notificationclick", {{ notification: {{ close: () => note("close"), data: {{ url }} }} }})
const config = {{ title: "Atrium", text: "There’s something new.", icon: "/icon.png", badge: "/badge.png" }}
"""


@pytest.fixture
def worker(open_modules: OpenModules) -> Page:  # noqa: F811
    page = open_modules()
    source = (settings.BASE_DIR / "config/web_app/worker/push.js").read_text()
    page.evaluate(f"(() => {{ {SURROUNDINGS};((self) => {{ {source} }})(worker) }})()")
    return page


def push(worker: Page, payload: Any) -> Any:
    return worker.evaluate("(payload) => push(payload)", payload)


def test_a_push_is_shown_with_its_number_on_the_icon(worker: Page) -> None:
    notification = {"title": "Quay", "body": "Ahoy", "navigate": f"{ORIGIN}/rooms/1/", "tag": "1", "silent": False}

    found = push(worker, {"web_push": 8030, "notification": notification, "app_badge": 3})

    [shown] = found["shown"]
    assert (shown["title"], shown["body"], shown["tag"], shown["renotify"]) == ("Quay", "Ahoy", "1", True)
    assert shown["data"] == {"url": f"{ORIGIN}/rooms/1/"}
    assert found["done"] == [["badge", 3]]


@pytest.mark.parametrize("payload", ["nonsense", {}, {"notification": {}}, None])
def test_every_push_shows_something(worker: Page, payload: Any) -> None:
    [shown] = push(worker, payload)["shown"]

    assert (shown["title"], shown["body"]) == ("Atrium", "There’s something new.")


def test_a_push_takes_back_what_was_read_elsewhere(worker: Page) -> None:
    for tag in ("1", "2"):
        push(worker, {"notification": {"title": "Quay", "tag": tag}})

    found = push(worker, {"close": ["2", "3"], "app_badge": 0})

    assert found["done"] == [["badge", 0], ["close", "2"]]
    assert len(found["shown"]) == 2


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ([], [["window", "/rooms/1/messages/2/"]]),
        (["/rooms/9/", "/settings/"], [["focus", "/rooms/9/"], ["message", "/rooms/1/messages/2/"]]),
        (
            ["/rooms/9/", "/rooms/1/messages/2/"],
            [["focus", "/rooms/1/messages/2/"], ["message", "/rooms/1/messages/2/"]],
        ),
    ],
)
def test_a_click_leads_to_the_message_in_a_tab_that_is_open(
    worker: Page, tabs: list[str], expected: list[list[str]]
) -> None:
    worker.evaluate("(urls) => (window.tabs = urls)", [ORIGIN + tab for tab in tabs])

    found = worker.evaluate("(url) => click(url)", f"{ORIGIN}/rooms/1/messages/2/")

    assert found["done"] == [["close"], *expected]


def test_a_click_leads_nowhere_else(worker: Page) -> None:
    assert worker.evaluate("click('https://evil.example/')")["done"] == [["close"]]
