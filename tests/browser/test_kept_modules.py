"""What the socket tells goes into the page of a room that is kept, or ends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.modules import OpenModules, open_modules  # noqa: F401  a fixture

BUILD = """
window.item = (seq, { version = seq, author = "bob", text = `m${seq}` } = {}) =>
  `<li class="feed__item" data-id="m${seq || text}" data-seq="${seq}" data-version="${version}" data-author="${author}">
     <article class="message">${text}</article></li>`
window.build = (attributes, items) => {
  const main = document.createElement("main")
  main.innerHTML = `<header>Quay</header><room-feed ${attributes}><ol class="feed">
    <li class="feed__loading" data-edge="hasOlder"></li>${items}<li class="feed__loading" data-edge="hasNewer"></li>
    </ol></room-feed>`
  return main
}
window.rows = (main) => [...main.querySelectorAll(".feed__item, .feed__new")].map((row) => row.textContent.trim())
window.say = (seq, version, { type = "message.created", author = "bob", text } = {}) =>
  ({ type, version, message: { id: `m${seq}`, seq: seq || null, author: { id: author } },
     html: item(seq, { version, author, text }) })
window.run = async (attributes, seqs, frames) => {
  const { applyFrame } = await import("rooms/page-changes")
  const main = build(attributes, seqs.map((seq) => item(seq)).join(""))
  return [frames.map((frame) => applyFrame(main, frame)), rows(main), main.querySelector("room-feed").dataset.read]
}
"""
ATTRIBUTES = 'data-version="2" data-read="2" data-has-newer="false"'


@pytest.fixture
def page(open_modules: OpenModules) -> Page:  # noqa: F811
    page = open_modules('<template id="new-divider"><li class="feed__new">New</li></template>')
    page.evaluate(f"{BUILD}; undefined")
    return page


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ("[say(3, 3), say(4, 4)]", [[True, True], ["m1", "m2", "New", "m3", "m4"], "2"]),
        ('[say(3, 3, { author: "me" })]', [[True], ["m1", "m2", "m3"], "3"]),
        ('[say(1, 3, { type: "message.updated", text: "else" })]', [[True], ["else", "m2"], "2"]),
        ('[say("", 3, { author: "me", text: "in a thread" })]', [[True], ["m1", "m2"], "2"]),
        ("[say(2, 2, { text: 'late' })]", [[True], ["m1", "m2"], "2"]),
        ("[say(4, 4)]", [[False], ["m1", "m2"], "2"]),
        ('[say(3, 3), { type: "read", user: "me", seq: 3 }]', [[True, True], ["m1", "m2", "m3"], "3"]),
        ('[{ type: "read", user: "me", seq: 1 }]', [[True], ["m1", "New", "m2"], "1"]),
        ('[{ type: "read", user: "bob", seq: 1 }]', [[True], ["m1", "m2"], "2"]),
        ('[{ type: "system_message.created" }]', [[True], ["m1", "m2"], "2"]),
    ],
)
def test_a_page_is_what_the_server_would_show(page: Page, frames: str, expected: list[object]) -> None:
    assert page.evaluate(f"run('{ATTRIBUTES}', [1, 2], {frames})") == expected


@pytest.mark.parametrize(
    "attributes", [ATTRIBUTES.replace("false", "true"), f'{ATTRIBUTES} class="feed-scroll--first-run"']
)
def test_a_page_with_more_below_or_with_first_words_ends(page: Page, attributes: str) -> None:
    assert page.evaluate(f"run('{attributes}', [1, 2], [say(3, 3)])")[0] == [False]


def test_with_many_unread_messages_the_server_shows_another_part(page: Page) -> None:
    kept = page.evaluate(f"run('{ATTRIBUTES}', [1, 2], Array.from({{ length: 41 }}, (_, n) => say(3 + n, 3 + n)))")[0]

    assert kept == [True] * 40 + [False]


def test_surroundings_are_compared_without_what_scripts_keep_right(page: Page) -> None:
    same, other = page.evaluate("""async () => {
        const { describeSurroundings } = await import("rooms/page-changes")
        const told = (number, name = "Quay") => {
            const main = build(`data-version="${number}" data-read="${number}"`, item(number))
            main.querySelector("header").innerHTML =
                `${name}<i data-presence="${number}"></i><input name="csrfmiddlewaretoken" value="${number}">`
            return describeSurroundings(main)
        }
        return [told(1) === told(2), told(1) === told(1, "Mast")]
    }""")

    assert (same, other) == (True, False)
