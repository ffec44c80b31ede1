"""What helps to write: blocks of code, quotes of what is selected, and boxes to tick."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import Company
from tests.browser.steps import composer, message

OpenRoom = Callable[..., Page]
SELECT = """([body, from, to]) => {
  const text = body.querySelector("p").firstChild
  getSelection().setBaseAndExtent(text, from, text, to)
}"""


def test_code_is_written_in_a_block_of_a_chosen_language(company: Company, open_room: OpenRoom) -> None:
    alice = open_room(company.alice, company.open_room("design"))
    field = composer(alice)
    field.fill("look:")

    alice.get_by_role("button", name="Code block").click()
    assert axe_says(alice) == ""
    alice.get_by_label("Find a language").fill("pyth")
    alice.keyboard.press("Enter")
    expect(field).to_be_focused()
    alice.keyboard.type("if tide:\n    sail()\nreturn")
    expect(field).to_have_value("look:\n```python\nif tide:\n    sail()\n    return\n```")
    alice.keyboard.press("Control+End")
    alice.keyboard.press("Enter")

    expect(field).to_have_value("")
    expect(alice.locator("pre[data-language=python] code")).to_have_text("if tide:\n    sail()\n    return\n")


def test_what_is_selected_is_quoted_by_button_and_by_key(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.bob.say(room, "The tide turns at noon")
    alice = open_room(company.alice, room)
    body = message(alice, "The tide turns at noon").locator(".message__body").element_handle()

    alice.evaluate(SELECT, [body, 4, 8])
    alice.get_by_role("button", name="Quote", exact=True).click()
    expect(composer(alice)).to_have_value("> tide\n\n")
    expect(composer(alice)).to_be_focused()
    expect(alice.locator(".composer__quote")).to_contain_text("The tide turns at noon")
    alice.evaluate("document.activeElement.blur()")
    alice.evaluate(SELECT, [body, 18, 22])
    expect(alice.get_by_role("button", name="Quote", exact=True)).to_be_visible()
    alice.keyboard.press("q")
    expect(composer(alice)).to_have_value("> tide\n\n> noon\n\n")
    message(alice, "The tide turns at noon").locator("p").click(click_count=3)
    alice.keyboard.press("q")
    expect(composer(alice)).to_have_value("> tide\n\n> noon\n\n> The tide turns at noon\n\n")
    expect(alice.get_by_role("button", name="Quote", exact=True)).to_have_count(0)


def test_an_author_ticks_a_box_and_others_see_it(company: Company, open_room: OpenRoom) -> None:
    room = company.open_room("design")
    company.alice.say(room, "To do:\n- [ ] tea\n- [ ] milk")
    alice, bob = open_room(company.alice, room), open_room(company.bob, room)
    message(bob, "To do:").hover()
    expect(bob.get_by_role("checkbox", name="milk")).to_be_disabled()

    message(alice, "To do:").hover()
    assert axe_says(alice) == ""
    alice.get_by_role("checkbox", name="milk").check()

    expect(bob.get_by_role("checkbox", name="milk")).to_be_checked()
    expect(bob.get_by_role("checkbox", name="tea")).not_to_be_checked()
    expect(message(bob, "To do:").locator(".message__edited")).to_have_count(0)
