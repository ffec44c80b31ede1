"""What a personal token is good for: reading, writing or administering, area by area.

A sign-in may do whatever its owner may. A personal token may do what its scopes say, and whatever they say it makes no
other token and changes nothing that its owner signs in with.
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

# Each includes those before it.
LEVELS = ("read", "write", "admin")
# Beneath these, whatever changes something asks for somebody who signed in.
LOCKS = ("/auth/", "/me/connections", "/me/email", "/me/password", "/me/sessions", "/me/tokens", "/me/two-factor")
SIGN_IN = "sign-in"
UNDECLARED = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the API: the operations that have one of its tags. `words` says what each level is good for.

    `for_administrators` are those that do nothing for anybody but system administrators.
    """

    name: str
    title: str
    tags: frozenset[str]
    words: dict[str, str]
    for_administrators: bool = False


# An app that has operations of its own adds its areas when it is ready.
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
            "write": gettext_noop("Found organisations, follow invitations"),
            "admin": gettext_noop("Rename and delete them, invite and remove people"),
        },
    ),
    Area(
        "administration",
        gettext_noop("System administration"),
        frozenset({"administration"}),
        {
            "read": gettext_noop("See everybody’s account, and the audit log of everything"),
            "write": gettext_noop("Sign people out, lock them out and let them in again"),
            "admin": gettext_noop("Make and change accounts, give rights, take second factors away"),
        },
        for_administrators=True,
    ),
]


def administers(operation: F) -> F:
    """Mark an operation that asks for the highest level of its area."""
    operation.administers = True  # type: ignore[attr-defined]
    return operation


def scope_for(*, path: str, methods: Collection[str], tags: Iterable[str], operation: Callable[..., Any]) -> str:
    """The scope that an operation asks of a personal token; `SIGN_IN` and `UNDECLARED` are what no token has."""
    reads = set(methods) <= {"GET", "HEAD"}
    if not reads and path.startswith(LOCKS):
        return SIGN_IN
    level = "admin" if getattr(operation, "administers", False) else "read" if reads else "write"
    known = set(tags)
    return next((f"{area.name}:{level}" for area in areas if area.tags & known), UNDECLARED)


def require_scope(scopes: frozenset[str] | None, *needed: str) -> None:
    """Refuse when `scopes` don't include all that is needed."""
    for scope in needed:
        if not includes(scopes, scope):
            raise ScopeMissing("" if scope in (SIGN_IN, UNDECLARED) else scope)


def includes(scopes: frozenset[str] | None, needed: str) -> bool:
    """Whether they are good for that, by themselves or by a higher level. None are those of a sign-in."""
    if scopes is None:
        return True
    area, _, level = needed.partition(":")
    return level in LEVELS and any(f"{area}:{higher}" in scopes for higher in LEVELS[LEVELS.index(level) :])


def known_scopes() -> list[str]:
    """All there are, in the order of areas and levels."""
    return [f"{area.name}:{level}" for area in areas for level in LEVELS]


def clean_scopes(given: Iterable[str]) -> list[str]:
    """Each once and in order; unknown ones are refused, and a token that would be good for nothing too."""
    chosen, known = set(given), known_scopes()
    if unknown := sorted(chosen.difference(known)):
        raise ValidationError({"scopes": format_lazy(_("There is no scope “{scope}”."), scope=unknown[0][:80])})
    if not chosen:
        raise ValidationError({"scopes": _("Choose at least one scope.")})
    return [scope for scope in known if scope in chosen]
