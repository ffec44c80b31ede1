"""What axe finds on every screen, and whether a finger finds what it aims at."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Company, Desk, Member
from tests.browser.screens import SCREENS, Place, furnish

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}

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
def test_axe_has_nothing_to_say(desk: Desk, place: Place, name: str) -> None:
    page = SCREENS[name].open(desk, place, reduced_motion="reduce")

    said = [_axe(page, size, theme) for size in (DESKTOP, PHONE["viewport"]) for theme in ("light", "dark")]

    assert "\n".join(filter(None, said)) == ""


def test_axe_has_nothing_to_say_of_the_drawer(desk: Desk, place: Place) -> None:
    page = SCREENS["busy room"].open(desk, place, reduced_motion="reduce", **PHONE)
    page.get_by_role("link", name="Open the sidebar").tap()
    page.locator(".org-switch").tap()
    expect(page.locator("#org-menu")).to_be_visible()

    said = [_axe(page, PHONE["viewport"], theme) for theme in ("light", "dark")]

    assert "\n".join(filter(None, said)) == ""
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_finger_finds_what_it_aims_at(desk: Desk, place: Place, name: str) -> None:
    page = SCREENS[name].open(desk, place, **PHONE)

    assert page.evaluate(SMALL_TARGETS) == []


def _axe(page: Page, size: ViewportSize, theme: str) -> str:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    results = Axe().run(page, options=OPTIONS)
    return f"{size['width']} {theme}: {results.generate_report()}" if results.violations_count else ""
