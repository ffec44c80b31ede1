"""Describe what is overwritten in a file whose parts must not move. The caller of this process writes it."""

from __future__ import annotations

from typing import NamedTuple


class Patch(NamedTuple):
    """Bytes at a place of a file, `size` in all: `data`, then zeros."""

    start: int
    size: int
    data: bytes = b""
