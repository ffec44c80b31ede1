"""The time zones that people live in, as IANA names them."""

from __future__ import annotations

from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

# The rest are other names of these, or clocks of no place.
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def known_zones() -> tuple[str, ...]:
    """All that somebody may choose, by name."""
    return tuple(sorted(name for name in available_timezones() if name.startswith(tuple(f"{r}/" for r in REGIONS))))


@cache
def zones_by_region() -> dict[str, list[tuple[str, str]]]:
    """The same to choose from: by region the name and what to call it, `America/New_York` and `New York`."""
    found: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in known_zones():
        region, _, place = name.partition("/")
        found[region].append((name, place.replace("_", " ").replace("/", ", ")))
    return found


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """The time zone, or nothing for a name that no clock has: cookies are anybody's text."""
    if not 0 < len(name) <= 64:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None
