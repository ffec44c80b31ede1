"""Errors of signing in with a provider."""

from __future__ import annotations


class LoginRefused(Exception):
    """The sign-in of a user whom a provider vouches for is refused; `reason` is that of the login attempt."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
