"""Define the scopes of personal tokens: read, write and admin in each area of the API.

A sign-in may do all that its user may. A personal token may do what its scopes allow, but never create another token
or change the credentials of its user.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lib.web.errors import ScopeMissing

F = TypeVar("F", bound=Callable[..., Any])

# Each level includes those before it.
LEVELS = ("read", "write", "admin")
WRITE_ACCOUNT = "account:write"
# Operations below these paths that change something require a sign-in: no personal token has their scope.
CREDENTIAL_PATHS = (
    "/auth/",
    "/me/calendar-feed",
    "/me/connections",
    "/me/email",
    "/me/passkeys",
    "/me/password",
    "/me/sessions",
    "/me/tokens",
    "/me/two-factor",
)
SIGN_IN = "sign-in"
UNDECLARED = ""


@dataclass(frozen=True, slots=True)
class Area:
    """Area of the API: the operations with one of its tags. `descriptions` has the purpose of each of its levels.

    `for_administrators` marks areas that only system administrators can use.
    """

    name: str
    title: str
    tags: frozenset[str]
    descriptions: dict[str, str]
    for_administrators: bool = False


# Other apps add their areas in `AppConfig.ready`.
areas: list[Area] = [
    Area(
        "account",
        gettext_noop("Your account"),
        frozenset({"me"}),
        {
            "read": gettext_noop("See your profile and where you’re signed in"),
            "write": gettext_noop("Change your profile and preferences"),
        },
    ),
    Area(
        "organisations",
        gettext_noop("Organisations"),
        frozenset({"organisations", "members", "invitations"}),
        {
            "read": gettext_noop("See your organisations and who is in them"),
            "write": gettext_noop("Create organisations, accept invitations"),
            "admin": gettext_noop("Rename and delete them, invite and remove people"),
        },
    ),
    Area(
        "administration",
        gettext_noop("System administration"),
        frozenset({"administration"}),
        {
            "read": gettext_noop("See everybody’s account, the audit log of everything, and background work"),
            "write": gettext_noop("Sign people out, deactivate and reactivate accounts"),
            "admin": gettext_noop(
                "Create and change accounts, give rights, reset two-factor authentication, retry and cancel jobs"
            ),
        },
        for_administrators=True,
    ),
]


def needs_admin_scope(operation: F) -> F:
    """Mark an operation as one that requires the admin level of its area."""
    operation.needs_admin_scope = True  # type: ignore[attr-defined]
    return operation


def determine_scope(*, path: str, methods: Collection[str], tags: Iterable[str], operation: Callable[..., Any]) -> str:
    """Return the scope that an operation requires of a personal token.

    `SIGN_IN` and `UNDECLARED` are scopes that no token has.
    """
    reads = set(methods) <= {"GET", "HEAD"}
    if not reads and path.startswith(CREDENTIAL_PATHS):
        return SIGN_IN
    level = "admin" if getattr(operation, "needs_admin_scope", False) else "read" if reads else "write"
    tag_set = set(tags)
    return next((f"{area.name}:{level}" for area in areas if area.tags & tag_set), UNDECLARED)


def require_scope(scopes: frozenset[str] | None, *needed: str) -> None:
    """Raise `ScopeMissing` unless `scopes` include every needed scope."""
    for scope in needed:
        if not includes_scope(scopes, scope):
            raise ScopeMissing("" if scope in (SIGN_IN, UNDECLARED) else scope)


def includes_scope(scopes: frozenset[str] | None, needed: str) -> bool:
    """Tell whether `scopes` include the needed scope or a higher level of its area.

    `None`, the scopes of a sign-in, include all.
    """
    if scopes is None:
        return True
    area, _, level = needed.partition(":")
    return level in LEVELS and any(f"{area}:{higher}" in scopes for higher in LEVELS[LEVELS.index(level) :])


def list_scopes() -> list[str]:
    """Return all scopes, in the order of areas and levels."""
    return [f"{area.name}:{level}" for area in areas for level in LEVELS]


def clean_scopes(given: Iterable[str]) -> list[str]:
    """Return the given scopes once each and in order.

    Raise `ValidationError` for an unknown scope, or when there is none.
    """
    selected, scopes = set(given), list_scopes()
    if unknown := sorted(selected.difference(scopes)):
        raise ValidationError({"scopes": format_lazy(_("There is no scope “{scope}”."), scope=unknown[0][:80])})
    if not selected:
        raise ValidationError({"scopes": _("Choose at least one scope.")})
    return [scope for scope in scopes if scope in selected]
