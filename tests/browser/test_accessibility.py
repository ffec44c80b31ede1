"""What axe finds on every screen, and whether a finger finds what it aims at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_says
from tests.browser.conftest import DESKTOP, PHONE, Company, Desk, Member
from tests.browser.screens import SCREENS, Place, furnish

# Links within a sentence are as high as its lines. What stands alone is no smaller than a fingertip.
SMALL_TARGETS = """() => {
    const inText = (target) => target.matches(".message__body a") || (getComputedStyle(target).display === "inline"
        && target.parentElement.textContent.trim() !== target.textContent.trim())
    const hidden = (target) => target.closest(".visually-hidden, [inert], template") || !target.checkVisibility()
    const area = (target) => (target.closest("label") ?? target).getBoundingClientRect()
    const small = ({ width, height }) => width < 39.5 || height < 39.5
    return [...document.querySelectorAll("a, button, input, select, textarea, [role=button]")]
        .filter((target) => target.type !== "hidden" && !hidden(target) && !inText(target) && small(area(target)))
        .map((target) => `${Math.round(area(target).width)} x ${Math.round(area(target).height)}: ${target.outerHTML}`)
}"""


@pytest.fixture(scope="module")
def place(cast: tuple[Member, Member], newcomer: Member, careful: Member, asked: Member) -> Place:
    return furnish(Company.founded("harbour works", *cast), newcomer, careful, asked)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everybody(desk: Desk, place: Place, name: str) -> None:
    page = SCREENS[name].open(desk, place, reduced_motion="reduce", **PHONE | {"viewport": DESKTOP})
    assert _both_themes(page) == ""

    page.set_viewport_size(PHONE["viewport"])
    assert _both_themes(page) == ""
    assert page.evaluate(SMALL_TARGETS) == []


def test_the_drawer_is_for_everybody(desk: Desk, place: Place) -> None:
    page = SCREENS["busy room"].open(desk, place, reduced_motion="reduce", **PHONE)
    page.get_by_role("link", name="Open the sidebar").tap()
    page.locator(".org-switch").tap()
    expect(page.locator("#org-menu")).to_be_visible()

    assert _both_themes(page) == ""
    assert page.evaluate(SMALL_TARGETS) == []


def _both_themes(page: Page) -> str:
    """All that axe finds in the light, and of the colours in the dark, where nothing else differs."""
    page.emulate_media(color_scheme="light")
    found = axe_says(page)
    page.emulate_media(color_scheme="dark")
    return found + axe_says(page, "color-contrast")
