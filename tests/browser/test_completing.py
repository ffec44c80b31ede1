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
    expect(options).to_have_count(2)
    expect(options.last).to_contain_text("not in this room")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    screenshot(page, "completion-open")
    assert axe_says(page) == ""
    field.press("ArrowDown")
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
    expect(page.get_by_role("option")).to_have_count(1)
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
