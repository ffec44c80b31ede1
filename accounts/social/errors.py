"""Errors of signing in with a provider."""

from __future__ import annotations


class LoginRefused(Exception):
    """Refusal of a sign-in with a provider; `reason` is that of the login attempt."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
