"""List the IANA time zones that users may choose."""

from __future__ import annotations

from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

# The rest are aliases of these, or belong to no region.
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def list_zones() -> tuple[str, ...]:
    """Return the names of all zones that a user may choose, sorted."""
    return tuple(sorted(name for name in available_timezones() if name.startswith(tuple(f"{r}/" for r in REGIONS))))


@cache
def group_zones_by_region() -> dict[str, list[tuple[str, str]]]:
    """Return pairs of name and label by region: `America` has (`America/New_York`, `New York`)."""
    zones: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in list_zones():
        region, _, city = name.partition("/")
        zones[region].append((name, city.replace("_", " ").replace("/", ", ")))
    return zones


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo | None:
    """Return the time zone, or None for an unknown name: cookies hold any text."""
    if not 0 < len(name) <= 64:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None
