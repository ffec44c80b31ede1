"""What axe-core finds on a page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# Links within a sentence are as high as its lines. What stands alone is no smaller than a fingertip.
SMALL_TARGETS = """() => {
    const inText = (target) => target.matches(".message__body a") || (getComputedStyle(target).display === "inline"
        && target.parentElement.textContent.trim() !== target.textContent.trim())
    const hidden = (target) => target.closest(".visually-hidden, [inert], template") || !target.checkVisibility()
    // Their ::after covers the row.
    const row = (target) => target.matches(".notification__text, .tile__name") && target.closest("li")
    const area = (target) => (target.closest("label") ?? (row(target) || target)).getBoundingClientRect()
    const small = ({ width, height }) => width < 39.5 || height < 39.5
    return [...document.querySelectorAll("a, button, input, select, textarea, [role=button]")]
        .filter((target) => target.type !== "hidden" && !hidden(target) && !inText(target) && small(area(target)))
        .map((target) => `${Math.round(area(target).width)} x ${Math.round(area(target).height)}: ${target.outerHTML}`)
}"""

# A colour on its way to another one is neither. Where a busy browser draws no frames, none would ever finish.
SETTLE = """() => Promise.race([
    new Promise((resolve) => setTimeout(resolve, 5000)),
    Promise.allSettled(document.getAnimations()
        .filter(({ playState, effect }) => playState === "running" && effect.getComputedTiming().endTime < Infinity)
        .map(({ finished }) => finished)),
])"""


def axe_says(page: Page, *rules: str) -> str:
    """The violations of these rules or groups of rules, or of all of ours. The script is handed over once a page."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(f"async () => {{ await ({SETTLE})() }}")
    options = {"runOnly": rules or RULES, "resultTypes": ["violations"]}
    results = AxeResults(page.evaluate("options => axe.run(document, options)", options))
    return str(results.generate_report()) if results.violations_count else ""


def axe_says_in_both_themes(page: Page) -> str:
    """All that axe finds in the light, and of the colours in the dark, where nothing else differs."""
    page.emulate_media(color_scheme="light")
    found = axe_says(page)
    page.emulate_media(color_scheme="dark")
    return found + axe_says(page, "color-contrast")
