"""How Chromium is started: without the parts of it that nobody sees."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Each window has an address bar whose menus are pages, drawn by a process that takes ten times what our page takes.
ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup")
# What Playwright turns off: of two such flags, Chromium takes the last.
BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
# Containers forbid the sandbox; where there is no graphics card, imitating one is slower than drawing without.
FLAGS = ["--no-sandbox", "--disable-gpu", f"--disable-features={','.join(ADDRESS_BAR + BY_PLAYWRIGHT)}"]


def find_chromium() -> str | None:
    """Return the path of the browser to test with; without one, Playwright starts its own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
