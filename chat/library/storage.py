"""Draw how much an organisation has stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import Organisation
from assets.library.queries import measure_storage

# Width of a drawing.
FULL = 100
KINDS: dict[str, StrOrPromise] = {
    "image": _("Images"),
    "video": _("Videos"),
    "audio": _("Sound"),
    "pdf": _("PDF"),
    "text": _("Text and code"),
    "document": _("Office files"),
    "archive": _("Archives"),
    "other": _("Other"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a plot: bytes and number of files, and its width beside the largest one."""

    name: StrOrPromise
    size: int
    count: int
    width: float
    user_id: object = None


@dataclass(frozen=True, slots=True)
class StoragePage:
    """What administrators see of the storage."""

    used: int
    quota: int | None
    kinds: list[Bar]
    people: list[Bar]


def load_storage_page(organisation: Organisation) -> StoragePage:
    """Return what an organisation has stored, as plots. Four queries."""
    stored = measure_storage(organisation)
    kinds = [(KINDS[each.kind], each.size, each.count, None) for each in stored.by_kind]
    people = [(each.user.name, each.size, each.count, each.user.id) for each in stored.by_user]
    return StoragePage(stored.used, stored.quota, _build_bars(kinds), _build_bars(people))


def _build_bars(rows: Sequence[tuple[StrOrPromise, int, int, object]]) -> list[Bar]:
    largest = max((size for _name, size, _count, _user_id in rows), default=0) or 1
    return [Bar(name, size, count, round(FULL * size / largest, 1), user_id) for name, size, count, user_id in rows]
