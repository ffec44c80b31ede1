"""What axe finds on every screen, and whether a finger finds what it aims at."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import SMALL_TARGETS, axe_says_in_both_themes
from tests.browser.conftest import DESKTOP, PHONE, Company, Desk, Member
from tests.browser.screens import SCREENS, Place, furnish


@pytest.fixture(scope="module")
def place(cast: tuple[Member, Member], newcomer: Member, careful: Member, asked: Member) -> Place:
    return furnish(Company.founded("harbour works", *cast), newcomer, careful, asked)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everybody(desk: Desk, place: Place, name: str) -> None:
    page = SCREENS[name].open(desk, place, reduced_motion="reduce", **PHONE | {"viewport": DESKTOP})
    assert axe_says_in_both_themes(page) == ""

    page.set_viewport_size(PHONE["viewport"])
    assert axe_says_in_both_themes(page) == ""
    assert page.evaluate(SMALL_TARGETS) == []


def test_the_drawer_is_for_everybody(desk: Desk, place: Place) -> None:
    page = SCREENS["busy room"].open(desk, place, reduced_motion="reduce", **PHONE)
    page.get_by_role("link", name="Open the sidebar").tap()
    page.locator(".org-switch").tap()
    expect(page.locator("#org-menu")).to_be_visible()

    assert axe_says_in_both_themes(page) == ""
    assert page.evaluate(SMALL_TARGETS) == []
