"""Define refusals that Django has no exception for. Each transport maps them once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


SIGN_IN_FIRST = _("Sign in first.")


class Conflict(Exception):
    """Request that contradicts the present state (409). `members` are added to the problem that REST answers."""

    def __init__(self, detail: StrOrPromise, code: str = "conflict", **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.members = members


class Taken(ValidationError):
    """Value that is taken already: a form shows it beside its field, REST answers 409."""

    def __init__(self, field: str, message: StrOrPromise) -> None:
        super().__init__({field: ValidationError(message, code="taken")})


class TooLarge(ValidationError):
    """File or picture above the limit: a form shows it beside its field, REST answers 413."""

    def __init__(self, field: str, message: StrOrPromise) -> None:
        super().__init__({field: ValidationError(message, code="too_large")})


class UnsupportedType(ValidationError):
    """File of an unsupported type: a form shows it beside its field, REST answers 415."""

    def __init__(self, field: str, message: StrOrPromise) -> None:
        super().__init__({field: ValidationError(message, code="unsupported_type")})


class ScopeMissing(PermissionDenied):
    """Personal token without the `scope` of an operation, or any where the operation has none (403)."""

    def __init__(self, scope: str) -> None:
        lacking = format_lazy(_("This token lacks the scope {scope}."), scope=scope)
        super().__init__(lacking if scope else _("No personal token may do this. Sign in."))
        self.scope = scope
        self.code = "scope_missing" if scope else "sign_in_needed"


class SecondFactorRequired(PermissionDenied):
    """User of an organisation that enforces a second factor, who has none yet (403)."""

    code = "second_factor_due"

    def __init__(self) -> None:
        super().__init__(_("Turn on two-factor authentication first: an organisation of yours requires it."))


class TooLate(PermissionDenied):
    """Change of what may be changed for a while only, and no longer (403)."""

    def __init__(self, detail: StrOrPromise, code: str) -> None:
        super().__init__(detail)
        self.code = code


class SwitchedOff(PermissionDenied):
    """Use of what an organisation has switched off for its members (403)."""

    def __init__(self, detail: StrOrPromise, code: str) -> None:
        super().__init__(detail)
        self.code = code


class Unauthenticated(Exception):
    """Request without valid credentials (401)."""

    def __init__(self, code: str = "not_signed_in", detail: StrOrPromise = SIGN_IN_FIRST) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class TooManyAttempts(Exception):
    """Limit of attempts that is reached; the next may follow in `retry_after` seconds (429)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            format_lazy(_("Too many attempts. Try again in {time}."), time=_describe_duration(retry_after))
        )
        self.retry_after = retry_after


class ServerBusy(Exception):
    """Request that is one too many at this moment (503); it may be repeated in `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(_("Too many passwords are being checked at this moment. Try again in a few seconds."))
        self.retry_after = retry_after


class StorageFull(Exception):
    """Write for which there is no room (507); the text says which disk is full."""


def _describe_duration(seconds: int) -> StrOrPromise:
    if seconds > 90:
        return format_lazy(_("{count} minutes"), count=-(-seconds // 60))
    return _("a second") if seconds == 1 else format_lazy(_("{count} seconds"), count=seconds)
