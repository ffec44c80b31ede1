"""What modules about the connection promise, where a whole page would hide it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.modules import OpenModules, frames, open_modules  # noqa: F401  a fixture

MINUTES = 60_000


# --- presence --------------------------------------------------------------------------------------------------------


@pytest.fixture
def idle(open_modules: OpenModules) -> Page:  # noqa: F811
    """A page whose user has done nothing for ten minutes."""
    page = open_modules('<i class="presence" data-user="me"></i>')
    page.clock.install()
    page.evaluate("import('users/presence').then(({ startPresence }) => startPresence())")
    page.clock.run_for(10 * MINUTES)
    return page


def test_ten_idle_minutes_are_away_and_any_activity_ends_it(idle: Page) -> None:
    assert frames(idle) == [{"type": "presence", "state": "away"}]

    idle.evaluate("dispatchEvent(new KeyboardEvent('keydown'))")
    assert frames(idle) == [{"type": "presence", "state": "active"}]
    idle.evaluate("dispatchEvent(new KeyboardEvent('keydown'))")
    idle.clock.run_for(9 * MINUTES)
    assert frames(idle) == []
    idle.clock.run_for(2 * MINUTES)
    assert frames(idle) == [{"type": "presence", "state": "away"}]


def test_coming_back_to_the_page_ends_away(idle: Page) -> None:
    frames(idle)

    idle.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    assert frames(idle) == [{"type": "presence", "state": "active"}]


def test_a_new_connection_is_told_of_away(idle: Page) -> None:
    frames(idle)

    idle.evaluate("import('lib/connection').then(({ connection }) => connection.hear('up'))")

    assert frames(idle) == [{"type": "presence", "state": "away"}]
    assert idle.locator(".presence").get_attribute("data-presence") == "away"


def test_what_was_chosen_outranks_what_is_observed(idle: Page) -> None:
    idle.evaluate("""import('lib/connection').then(({ connection }) => {
        connection.hear("welcome", { user: { availability: "busy" } })
        connection.hear("up")
    })""")

    assert idle.locator(".presence").get_attribute("data-presence") == "busy"


# --- read-marker -----------------------------------------------------------------------------------------------------


@pytest.fixture
def marker(open_modules: OpenModules) -> Page:  # noqa: F811
    page = open_modules()
    page.clock.install()
    page.evaluate("""async () => {
        const { ReadMarker } = await import("messages/read-marker")
        const { buildReadMark } = await import("messages/read-marks")
        window.state = { reading: true }
        const { signal } = new AbortController()
        const options = { list: { lastSeq: 5 }, isReading: () => state.reading, signal }
        window.marker = new ReadMarker({ seq: 3, mark: buildReadMark({ room: "r" }), ...options })
    }""")
    return page


def test_what_is_seen_for_half_a_second_is_read_once(marker: Page) -> None:
    marker.evaluate("window.marker.scheduleUpdate()")
    marker.clock.run_for(400)
    assert frames(marker) == []
    marker.clock.run_for(200)
    assert frames(marker) == [{"type": "read", "room": "r", "seq": 5}]
    marker.evaluate("window.marker.scheduleUpdate()")
    marker.clock.run_for(1000)
    assert frames(marker) == []


def test_who_looks_away_meanwhile_has_not_read(marker: Page) -> None:
    marker.evaluate("window.marker.scheduleUpdate(); state.reading = false")
    marker.clock.run_for(1000)
    assert frames(marker) == []

    marker.evaluate("state.reading = true; document.dispatchEvent(new Event('visibilitychange'))")
    marker.clock.run_for(1000)
    assert frames(marker) == [{"type": "read", "room": "r", "seq": 5}]


def test_a_mark_that_was_not_sent_is_sent_later(marker: Page) -> None:
    marker.evaluate("import('lib/connection').then((it) => { window.line = it.connection; line.isUp = false })")
    marker.evaluate("window.marker.scheduleUpdate()")
    marker.clock.run_for(1000)

    marker.evaluate("line.isUp = true; line.hear('up')")
    marker.clock.run_for(1000)

    assert frames(marker) == [{"type": "read", "room": "r", "seq": 5}]


# --- outbox, drafts, storage -----------------------------------------------------------------------------------------

OUTBOX = """async (script) => {
    const { outbox } = await import("messages/outbox")
    const { connection } = await import("lib/connection")
    const errors = await import("lib/errors")
    const events = []
    for (const type of ["added", "changed", "sent"]) outbox.on(type, (entry) => events.push([type, entry.content]))
    const sent = () => connection.sent.map(({ content }) => content)
    const wait = (time) => new Promise((resolve) => setTimeout(resolve, time))
    const names = ["outbox", "connection", "errors", "events", "sent", "wait"]
    const run = new Function(...names, `return (async () => {${script}})()`)
    return run(outbox, connection, errors, events, sent, wait)
}"""


@pytest.fixture
def outbox(open_modules: OpenModules) -> Page:  # noqa: F811
    return open_modules()


def test_messages_of_a_room_go_one_after_the_other(outbox: Page) -> None:
    seen = outbox.evaluate(
        OUTBOX,
        """let release
        connection.answer = () => new Promise((resolve) => (release = () => resolve({ message: {} })))
        for (const text of ["one", "two"]) outbox.add("r", text)
        outbox.add("other", "three")
        await wait(50); const first = sent(); release(); return [first, localStorage.length]""",
    )

    assert seen == [["one", "three"], 3]


def test_a_message_is_tried_again_under_its_id_four_times(outbox: Page) -> None:
    outbox.clock.install()
    seen = outbox.evaluate(
        OUTBOX,
        """connection.answer = () => { throw new errors.ServerUnavailable("away") }
        outbox.add("r", "one"); window.result = () => [connection.sent.map((each) => each.client_id), events.at(-1)]""",
    )
    assert seen is None
    for _ in range(6):
        outbox.clock.run_for(5000)
    ids, last = outbox.evaluate("result()")

    assert len(ids) == 4 and len(set(ids)) == 1
    assert last == ["changed", "one"]


def test_a_refused_message_holds_up_no_other(outbox: Page) -> None:
    seen = outbox.evaluate(
        OUTBOX,
        """connection.answer = ({ content }) => {
            if (content === "bad") throw new errors.RequestRefused(422, "invalid", "no"); return { message: {} } }
        outbox.add("r", "bad"); outbox.add("r", "good"); await wait(50); return [sent(), events.at(-1)]""",
    )

    assert seen == [["bad", "good"], ["sent", "good"]]


def test_drafts_are_of_their_room_and_user(open_modules: OpenModules) -> None:  # noqa: F811
    page = open_modules()
    seen = page.evaluate("""async () => {
        const drafts = await import("messages/drafts")
        const { saveEdit } = await import("messages/stored-edits")
        const { listRoomsWithDrafts } = await import("messages/drafted-rooms")
        const [a, b] = [{ room: "a" }, { room: "b" }].map(drafts.buildDraftStore)
        a.save("tea"); b.save("  \\n"); saveEdit("m", { room: "c", content: "x" })
        return [a.read(), b.read(), [...listRoomsWithDrafts()], Object.keys(localStorage)]
    }""")

    assert seen[:3] == ["tea", "", ["a", "c"]]
    assert sorted(seen[3]) == ["atrium.me.draft.a", "atrium.me.edit.m"]


def test_what_another_tab_changes_is_told_to_whom_it_concerns(open_modules: OpenModules) -> None:  # noqa: F811
    page = open_modules()
    heard = page.evaluate("""async () => {
        const drafts = await import("messages/drafts"), heard = []
        const { onEditChangeElsewhere } = await import("messages/stored-edits")
        drafts.buildDraftStore({ room: "a" }).onChangeElsewhere(() => heard.push("draft of a"))
        onEditChangeElsewhere("m", () => heard.push("edit of m"))
        for (const key of ["atrium.me.draft.b", "atrium.you.draft.a", "atrium.me.draft.a", "atrium.me.edit.m"]) {
            dispatchEvent(new StorageEvent("storage", { key }))
        }
        return heard
    }""")

    assert heard == ["draft of a", "edit of m"]
