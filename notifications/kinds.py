"""The kinds of notifications: how each is described, who still sees it, and which ways it takes.

An app names the modules that register its kinds in `AppConfig.ready`. A row of a kind that is no longer registered is
shown to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Literal, NamedTuple

from django.utils.functional import Promise

from accounts.models import User
from notifications.models import Level, Notification

Urgency = Literal["very-low", "low", "normal", "high"]
DAY = 86400


class Channels(NamedTuple):
    """Ways in which a kind reaches a user who has chosen nothing else."""

    in_app: bool = True
    push: bool = False
    mail: bool = False


class Description(NamedTuple):
    """What a notification says to its reader, in the language that is active: plain text, and where it leads.

    `number` is how many it stands for.
    """

    title: str
    text: str = ""
    url: str = ""
    number: int = 1


Describe = Callable[[Sequence[Notification], User], Sequence[Description | None]]
FilterVisible = Callable[[Sequence[Notification], User], Iterable[Notification]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notification.

    `describe` gives a description for each of some rows, in their order; rows of kinds that share the function come
    together. `filter_visible` leaves out what the reader may no longer see; it is asked first, and what is deleted
    between the two is described by None. Both are asked with rows
    of one reader, or, where `is_alike`, with those of one of many readers of a language, to describe it for all.

    `urgency` and `ttl`, in seconds, are those of web push (RFC 8030). What `shows_toast` is told in open windows too.
    """

    name: str
    label: str | Promise
    category: str | Promise
    describe: Describe
    filter_visible: FilterVisible
    defaults: Channels = Channels()
    level: Level = Level.INFO
    icon: str = "bell"
    urgency: Urgency = "normal"
    ttl: int = DAY
    shows_toast: bool = False
    is_alike: bool = False
    is_mention: bool = field(default=False, kw_only=True)
    is_configurable: bool = field(default=True, kw_only=True)
    # At the bell, where it isn't left out by choice; else it takes the other ways alone.
    is_listed: bool = field(default=True, kw_only=True)
    # At a push service, the last one of a place takes the place of those before, and says how many they are.
    collapses: bool = field(default=False, kw_only=True)
    # Told in muted rooms too: its user has asked for this very thing.
    ignores_mute: bool = field(default=False, kw_only=True)


# Modules that call `register` when they are imported: with the first kind that is asked for, not at the start.
modules: list[str] = []
_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds, by their names."""
    _kinds.update({kind.name: kind for kind in kinds})


def get_kind(name: str) -> Kind:
    """Return a kind; raise KeyError for a name that is not registered."""
    return _load_kinds()[name]


def find_kind(name: str) -> Kind | None:
    """Return a kind, None where it is not registered, or no longer."""
    return _load_kinds().get(name)


def list_kinds() -> list[Kind]:
    """Return all kinds, in the order in which they were registered."""
    return list(_load_kinds().values())


def _load_kinds() -> dict[str, Kind]:
    _import_modules()
    return _kinds


@cache
def _import_modules() -> None:
    for module in modules:
        import_module(module)


def show_to_all(rows: Sequence[Notification], reader: User) -> Sequence[Notification]:
    """Leave nothing out: for kinds that are about the reader alone, such as their own sign-ins."""
    return rows
