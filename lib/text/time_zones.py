"""List the IANA time zones that users may choose."""

from __future__ import annotations

from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

# Those that are offered. The rest are aliases of these, or belong to no region.
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
UTC = "UTC"
# Names of folders and files beside the zones.
NO_ZONES = ("posix", "right", "localtime", "Factory")


@cache
def list_zones() -> tuple[str, ...]:
    """Return the names of all zones that are offered, sorted."""
    names = (name for name in available_timezones() if name.startswith(tuple(f"{r}/" for r in REGIONS)))
    return tuple(sorted((*names, UTC)))


@cache
def list_valid_zones() -> frozenset[str]:
    """Return the names of all zones that IANA knows, aliases too."""
    return frozenset(name for name in available_timezones() if not name.startswith(NO_ZONES))


@cache
def group_zones_by_region() -> dict[str, list[tuple[str, str]]]:
    """Return pairs of name and label by region: `America` has (`America/New_York`, `New York`)."""
    zones: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in list_zones():
        region, _, city = name.partition("/")
        zones.setdefault(region, []).append((name, (city or name).replace("_", " ").replace("/", ", ")))
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
