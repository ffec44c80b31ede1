"""What modules of the feed promise, where a whole page would hide it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.modules import OpenModules, open_modules  # noqa: F401  a fixture

BUILD = """
// 12 November 2026 in UTC.
window.NOON = 1_794_484_800
window.item = (id, { seq = 1, version = 1, at = NOON, text = id, client = "", author = "bob" } = {}) =>
  `<li class="feed__item" id="message-${id}" data-id="${id}" data-seq="${seq}" data-version="${version}"
     data-at="${at}" data-author="${author}" data-kind="text" data-name="Bob" data-client-id="${client}">
     <article class="message"><div class="message__main">${text}</div></article></li>`
window.open_list = async (options = {}) => {
  const { FeedList } = await import("messages/feed-list")
  const list = document.querySelector(".feed")
  return new FeedList(list, { hasOlder: false, hasNewer: false, decorate: () => {}, accept: () => true, ...options })
}
window.shown = () => [...document.querySelectorAll(".feed__item")].map((each) => each.textContent.trim())
"""


@pytest.fixture
def feed(open_modules: OpenModules) -> Page:  # noqa: F811
    page = open_modules('<ul class="feed"></ul>')
    page.evaluate(BUILD)
    return page


def test_versions_are_compared_as_numbers(feed: Page) -> None:
    texts = feed.evaluate("""async () => {
        const list = await open_list()
        const seen = []
        for (const version of [9, 10, 9, 100, 11]) {
            list.merge(item("a", { version, text: `version ${version}` }))
            seen.push(...shown())
        }
        return seen
    }""")

    assert texts == ["version 9", "version 10", "version 10", "version 100", "version 100"]


def test_numbers_of_messages_are_compared_as_numbers(feed: Page) -> None:
    texts = feed.evaluate("""async () => {
        const list = await open_list()
        for (const seq of [10, 9, 100, 11, 2]) list.merge(item(`m${seq}`, { seq, text: seq }))
        return [shown(), list.firstSeq, list.lastSeq]
    }""")

    assert texts == [["2", "9", "10", "11", "100"], 2, 100]


def test_what_is_beyond_the_edges_waits_for_its_page(feed: Page) -> None:
    texts = feed.evaluate("""async () => {
        const list = await open_list({ hasOlder: true, hasNewer: true })
        list.extend(item("m5", { seq: 5 }) + item("m7", { seq: 7 }), "hasOlder", true)
        list.merge(item("m4", { seq: 4 }) + item("m6", { seq: 6 }) + item("m8", { seq: 8 }))
        return shown()
    }""")

    assert texts == ["m5", "m6", "m7"]


def test_a_sent_message_takes_the_place_of_the_pending_one(feed: Page) -> None:
    texts = feed.evaluate("""async () => {
        const list = await open_list()
        const template = document.createElement("template")
        template.innerHTML = item("c1", { text: "pending", seq: "" })
        template.content.firstElementChild.dataset.pending = ""
        list.appendPending(template.content.firstElementChild)
        list.merge(item("m1", { client: "c1", text: "sent" }))
        return shown()
    }""")

    assert texts == ["sent"]


@pytest.mark.parametrize(
    ("chosen", "browser_zone", "days"),
    [
        ("Pacific/Kiritimati", "America/New_York", ["2026-11-12", "2026-11-13"]),
        ("America/Los_Angeles", "Asia/Tokyo", ["2026-11-12"]),
        ("", "Asia/Tokyo", ["2026-11-12", "2026-11-13"]),
        ("UTC", "Pacific/Kiritimati", ["2026-11-12"]),
    ],
)
def test_separators_of_days_follow_the_chosen_zone(
    open_modules: OpenModules,  # noqa: F811
    chosen: str,
    browser_zone: str,
    days: list[str],
) -> None:
    attributes = f'data-user="me" data-time-zone="{chosen}"' if chosen else 'data-user="me"'
    page = open_modules('<ul class="feed"></ul>', attributes=attributes, timezone_id=browser_zone)
    page.evaluate(BUILD)
    found = page.evaluate(
        """async () => {
        const list = await open_list()
        list.merge(item("m1", { seq: 1, at: NOON - 3 * 3600 }) + item("m2", { seq: 2, at: NOON + 7 * 3600 }))
        return [...document.querySelectorAll(".feed__day")].map((each) => each.dataset.day)
    }"""
    )

    assert found == days


def test_messages_within_five_minutes_are_grouped_by_author(feed: Page) -> None:
    grouped = feed.evaluate(
        """async () => {
        const list = await open_list(), at = NOON
        const facts = [[0, "bob"], [300, "bob"], [601, "bob"], [602, "ann"], [603, "bob"]]
        list.merge(facts.map(([later, author], n) => item(`m${n}`, { seq: n + 1, at: at + later, author })).join(""))
        return [...document.querySelectorAll(".feed__item")].map((each) => each.hasAttribute("data-grouped"))
    }"""
    )

    assert grouped == [False, True, False, False, False]
