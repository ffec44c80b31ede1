"""What the module that keeps the socket promises, with sockets of our own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.modules import SCRIPTS, OpenModules, frames, open_modules  # noqa: F401  a fixture

MINUTES = 60_000


def test_typing_is_told_every_three_seconds_and_its_end_once(open_modules: OpenModules) -> None:  # noqa: F811
    page = open_modules()
    page.clock.install()
    page.evaluate("import('messages/typing-notifier').then((it) => (window.typing = new it.TypingNotifier('r')))")
    page.evaluate("typing.stop(); typing.start(); typing.start()")
    page.clock.run_for(3_100)
    page.evaluate("typing.start(); typing.stop(); typing.stop()")

    assert [frame["state"] for frame in frames(page)] == ["start", "start", "stop"]


SOCKETS = """
window.sockets = []
window.WebSocket = class extends EventTarget {
  constructor() { super(); sockets.push(this) }
  send() {}
  close() {}
  hear(frame) { this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) })) }
  end(code) { this.dispatchEvent(Object.assign(new Event("close"), { code })) }
}
window.heard = []
"""


@pytest.fixture
def line(open_modules: OpenModules) -> Page:  # noqa: F811
    """A connection that is up."""
    page = open_modules(stand_ins={"lib/connection": (SCRIPTS / "lib/connection.js").read_text()})
    page.clock.install()
    page.evaluate(SOCKETS)
    page.evaluate("""import("lib/connection").then(({ connection }) => {
        for (const type of ["up", "down", "ended"]) connection.addEventListener(type, () => heard.push(type))
        connection.start()
    })""")
    page.evaluate("sockets[0].hear({ type: 'welcome' })")
    return page


def test_an_ended_session_is_never_connected_again(line: Page) -> None:
    line.evaluate("sockets[0].end(4401); dispatchEvent(new Event('offline')); dispatchEvent(new Event('online'))")
    line.clock.run_for(10 * MINUTES)

    assert line.evaluate("[heard, sockets.length]") == [["up", "ended", "ended"], 1]


def test_a_lost_connection_is_opened_anew(line: Page) -> None:
    line.evaluate("sockets[0].end(1006)")
    line.clock.run_for(6_000)
    line.evaluate("sockets[1].hear({ type: 'welcome' })")

    assert line.evaluate("[heard, sockets.length]") == [["up", "down", "up"], 2]


def test_a_server_that_does_not_answer_is_left(line: Page) -> None:
    line.clock.run_for(20_000)
    assert line.evaluate("heard") == ["up"]

    line.clock.run_for(10_100)
    assert line.evaluate("heard") == ["up", "down"]
