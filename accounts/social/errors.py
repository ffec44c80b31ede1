"""Errors of signing in by a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


class LoginRefused(Exception):
    """Somebody whom a provider vouches for can't come in; `reason` is how the attempt is kept."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
