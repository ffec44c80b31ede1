"""`manage.py build_icons`: draw the icons of the installed app from the logo, as PNGs."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

# The accent of tokens.css by day, and paper.
ACCENT, PAPER = "#04696f", "#ffffff"


@dataclass(frozen=True, slots=True)
class Icon:
    """A square picture: the logo in a colour, with a share of the side, on a ground, whose corners may be round."""

    name: str
    size: int
    share: float
    ink: str
    ground: str = "transparent"
    rounding: float = 0


ICONS = (
    *(Icon(f"any-{size}", size, 0.62, PAPER, ACCENT, rounding=0.22) for size in (192, 512)),
    # Systems cut these to any shape within a circle of 80 %.
    *(Icon(f"maskable-{size}", size, 0.5, PAPER, ACCENT) for size in (192, 512)),
    Icon("apple-touch-icon", 180, 0.6, PAPER, ACCENT),
    # Android takes the shape alone, for its status bar.
    Icon("badge-96", 96, 0.9, PAPER),
)


class Command(BaseCommand):
    """Writes `static/img/app/*.png`, with the browser of the tests (requirements-dev.txt)."""

    help = "Draws the icons of the installed app from static/img/mark.svg."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        """Draw all icons anew."""
        from playwright.sync_api import sync_playwright

        from tests.browser.chromium import FLAGS, find_chromium

        mark = (settings.BASE_DIR / "static/img/mark.svg").read_text()
        folder = settings.BASE_DIR / "static/img/app"
        folder.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            for icon in ICONS:
                page = browser.new_page(viewport={"width": icon.size, "height": icon.size})
                page.set_content(_build_html(mark, icon))
                page.screenshot(path=folder / f"{icon.name}.png", omit_background=True)
                page.close()
            browser.close()


def _build_html(mark: str, icon: Icon) -> str:
    drawing = base64.b64encode(mark.replace("#04696f", icon.ink).replace("#5cc0bb", icon.ink).encode()).decode()
    side = round(icon.size * icon.share)
    return (
        f'<body style="margin:0"><div style="display:grid;place-items:center;height:100vh;background:{icon.ground};'
        f'border-radius:{round(icon.size * icon.rounding)}px">'
        f'<img width="{side}" height="{side}" src="data:image/svg+xml;base64,{drawing}"></div>'
    )
