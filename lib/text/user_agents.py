"""Describe a device by its user agent, in words that its owner recognises."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

# First match wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", gettext_noop("A Python program")),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", gettext_noop("a Mac")),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
HAND_HELD = ("iPhone", "iPad", "Android")


def describe_device(user_agent: str) -> str:
    """Return `Firefox on Linux`, or "Unknown device" where neither browser nor system is recognised."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": gettext(browser), "system": gettext(system)}
    return gettext(browser or system or gettext_noop("Unknown device"))


def is_hand_held(user_agent: str) -> bool:
    """Tell whether a user agent is that of a phone or a tablet."""
    return any(sign in user_agent for sign in HAND_HELD)
