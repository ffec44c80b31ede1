"""Refusals that Django has no word for. Each transport maps them once."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError


class Conflict(Exception):
    """What was asked for contradicts the present state (409)."""

    def __init__(self, detail: str, code: str = "conflict") -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code


class Taken(ValidationError):
    """Somebody has it already: a form shows it beside its field, REST answers 409."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__({field: ValidationError(message, code="taken")})


class ScopeMissing(PermissionDenied):
    """A personal token is not good for this: it lacks `scope`, or no token does where there is none (403)."""

    def __init__(self, scope: str) -> None:
        lacking = f"This token lacks the scope {scope}." if scope else "No personal token may do this. Sign in."
        super().__init__(lacking)
        self.scope = scope
        self.code = "scope_missing" if scope else "sign_in_needed"


class SecondFactorDue(PermissionDenied):
    """An organisation asks for a second factor: before there is one, nothing else (403)."""

    code = "second_factor_due"

    def __init__(self) -> None:
        super().__init__("Turn on a second factor first: an organisation of yours asks for it.")


class Unauthenticated(Exception):
    """Nobody we know, or no longer (401)."""

    def __init__(self, code: str = "not_signed_in", detail: str = "Sign in first.") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class TooManyAttempts(Exception):
    """Come back in `retry_after` seconds (429)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many attempts. Try again in {_in_words(retry_after)}.")
        self.retry_after = retry_after


def _in_words(seconds: int) -> str:
    if seconds > 90:
        return f"{-(-seconds // 60)} minutes"
    return "a second" if seconds == 1 else f"{seconds} seconds"
