"""Read and write numbers of bytes with a unit, each unit 1024 of the one before, as pages show them."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
SIZE = re.compile(r"([0-9]{1,20}(?:[.,][0-9]{1,9})?)\s*([KMGTP]?)(?:I?B)?", re.IGNORECASE)


def parse_size(text: str) -> int:
    """Return the bytes of a size such as `20 GB`, `1.5g` or `4096`. Raise ValueError for another text."""
    match = SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    power = " KMGTP".index(match[2].upper() or " ")
    return int(Decimal(match[1].replace(",", ".")) * 1024**power)


def format_exact_size(size: int) -> str:
    """Return a size in the largest unit of which it has a whole number: `parse_size` reads the same."""
    power = 0
    while size and size % 1024 == 0 and power < len(UNITS) - 1:
        size, power = size // 1024, power + 1
    return f"{size} {UNITS[power]}"
