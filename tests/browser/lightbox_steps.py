"""What people do and see in the lightbox."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def lightbox(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Picture")


def stage(page: Page) -> Locator:
    return page.locator(".lightbox__stage")


def picture(page: Page, text: str) -> Locator:
    """A picture in the feed of a room."""
    return page.locator("main room-feed").get_by_role("link", name=text)


def expect_shown(page: Page, text: str) -> None:
    """The original is there."""
    expect(stage(page).get_by_role("img", name=text, exact=True)).to_be_visible()
    expect(stage(page)).to_have_attribute("aria-busy", "false")


def expect_scale(page: Page, scale: float) -> None:
    page.wait_for_function(
        """scale => {
            const { style } = document.querySelector(".lightbox__stage")
            return Math.abs(Number(style.getPropertyValue("--scale")) - scale) < 0.02
        }""",
        arg=scale,
    )
