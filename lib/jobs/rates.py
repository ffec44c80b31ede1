"""Bound how often jobs of a kind start, across all processes."""

from __future__ import annotations

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def parse_rate(rate: str) -> float:
    """Return the seconds between two starts: 2.0 for "30/m". Raise ValueError for what is no rate."""
    count, _, period = rate.partition("/")
    if not count.isdecimal() or not int(count) or period not in SECONDS:
        raise ValueError(f"A rate is a number and a period, as 30/m: {rate!r}")
    return SECONDS[period] / int(count)
