"""Names are completed while a message is written: by keyboard, by touch, never in code, never against the writer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import PHONE, Company, Member, screenshot
from tests.browser.modules import OpenModules, open_modules  # noqa: F401  a fixture
from tests.browser.steps import act_on, assert_message_text, composer

OpenRoom = Callable[..., Page]


@pytest.fixture
def three(company: Company, newcomer: Member) -> Company:
    """An organisation that Charlie is in too, and not in its room."""
    company.alice.rest.invite(company.slug, newcomer.rest)
    return company


def test_a_name_is_completed_by_keyboard(three: Company, open_room: OpenRoom) -> None:
    page = open_room(three.alice, three.open_room("design"))
    field, options = composer(page), page.get_by_role("option")

    field.press_sequentially("Tea, @")
    expect(options).to_have_count(4)
    expect(options.last).to_contain_text("not in this room")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    screenshot(page, "completion-open")
    assert axe_says(page) == ""
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press_sequentially("b")
    expect(options).to_have_count(0)

    field.clear()
    field.fill("Tea, @BO")
    expect(options).to_have_count(1)
    field.press("Enter")
    expect(field).to_have_value("Tea, @bob ")
    field.press("Enter")

    assert_message_text(page, "Tea, @Bob")


def test_what_is_typed_in_full_is_sent_by_the_first_enter_and_completed_in_the_editor(
    three: Company, open_room: OpenRoom
) -> None:
    page = open_room(three.alice, three.open_room("design"))

    composer(page).fill("Tea, @bob")
    expect(page.get_by_role("option")).to_have_count(1)
    composer(page).press("Enter")

    assert_message_text(page, "Tea, @Bob")
    act_on(page, "Tea, @Bob", "Edit")
    editor = page.get_by_label("Edit your message")
    editor.fill("Tea, @cha")
    expect(page.get_by_role("option")).to_have_count(2)
    editor.press("Tab")
    expect(editor).to_have_value("Tea, @charlie ")


def test_a_finger_completes_on_a_phone(three: Company, open_room: OpenRoom) -> None:
    page = open_room(three.alice, three.open_room("design"), **PHONE)

    composer(page).fill("Tea, @bo")
    page.get_by_role("option").tap()

    expect(composer(page)).to_have_value("Tea, @bob ")
    expect(composer(page)).to_be_focused()


def test_code_at_the_caret_is_known(open_modules: OpenModules) -> None:  # noqa: F811
    texts = {
        "@": False,
        "`@": True,
        "`a` @": False,
        "``a` @": True,
        "a ` b\n\n@": False,
        r"\` @": False,
        "```\n@": True,
        "```py\na\n```\n@": False,
        "````\n```\n@": True,
        "~~~\n```\n@": True,
        "    @": True,
        "text\n    @": False,
        "- a\n\n    @": False,
    }

    answers = open_modules().evaluate(
        """async (texts) => {
            const { isInCode } = await import("messages/code-at-caret")
            return Object.fromEntries(texts.map((text) => [text, isInCode(text)]))
        }""",
        list(texts),
    )

    assert answers == texts


def test_many_are_reached_only_on_purpose(open_modules: OpenModules) -> None:  # noqa: F811
    dialog = """<dialog id="reach-dialog"><form method="dialog"><p data-words></p>
        <button value="keep">Cancel</button><button value="send">Send</button></form></dialog>"""
    api = """export const requestJson = async (method, path, body) => {
        if (window.reach === undefined) throw new Error("nobody answers")
        window.asked = [method, path, body]
        return { user_count: window.reach }
    }"""
    page = open_modules(dialog, stand_ins={"lib/api": api})
    ask = """(text) => import("messages/reach").then(async ({ confirmReach, mayReachMany }) => {
        window.answer = mayReachMany(text) ? await confirmReach({ room: "r", thread: "t" }, text) : "not asked"
    })"""

    def answer(text: str, reach: int | None, button: str = "") -> object:
        page.evaluate("(reach) => { window.reach = reach ?? undefined; window.answer = null }", reach)
        page.evaluate(f"(text) => {{ void ({ask})(text) }}", text)
        if button:
            expect(page.get_by_role("dialog")).to_contain_text(f"This reaches {reach} people.")
            page.get_by_role("button", name=button).click()
        page.wait_for_function("() => window.answer !== null")
        return page.evaluate("window.answer")

    assert answer("@roomy, all, or a@here.example", 500) == "not asked"
    assert answer("@room", 19) is True
    assert answer("@here", None) is True
    assert answer("@Channel: tea", 214, "Cancel") is False
    assert answer("@everyone", 20, "Send") is True
    body = {"content": "@everyone", "thread_id": "t", "also_in_room": False}
    assert page.evaluate("window.asked") == ["POST", "/rooms/r/reach", body]
