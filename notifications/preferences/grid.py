"""The grid of what reaches a user how: a row for each category of notifications, a column for each channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Channels, Kind, list_kinds

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHANNELS = Channels._fields
# What was chosen, by category and channel. What is left out is as the organisation, or else the product suggests.
Choices = Mapping[str, Mapping[str, bool]]

# By the names of kinds: translations are slow.
_category_names: dict[str, str] = {}


class GridRow(NamedTuple):
    """A category, what it is called, and the channels that it takes where nothing was chosen."""

    category: str
    title: str | Promise
    defaults: Channels


def list_grid_rows() -> list[GridRow]:
    """Return the categories that can be configured, in the order in which their kinds were registered."""
    rows: dict[str, GridRow] = {}
    for kind in list_kinds():
        if kind.is_configurable:
            category = name_category(kind)
            rows.setdefault(category, GridRow(category, kind.category, kind.defaults))
    return list(rows.values())


def name_category(kind: Kind) -> str:
    """Return what a kind's category is called in REST and in the database: its English title, as `direct_messages`."""
    if kind.name not in _category_names:
        with translation.override("en"):
            _category_names[kind.name] = slugify(str(kind.category)).replace("-", "_")
    return _category_names[kind.name]


def resolve_channels(category: str, defaults: Channels, *layers: Choices) -> Channels:
    """Return the channels of a category: each as the first of the layers says that says anything of it."""
    chosen = [layer[category] for layer in layers if category in layer]
    return Channels(
        *(
            next((choices[channel] for choices in chosen if channel in choices), default)
            for channel, default in zip(CHANNELS, defaults, strict=True)
        )
    )


def resolve_grid(*layers: Choices) -> dict[str, Channels]:
    """Return the channels of all categories, by the layers, the strongest first."""
    return {row.category: resolve_channels(row.category, row.defaults, *layers) for row in list_grid_rows()}


def merge_choices(current: Choices, changes: Mapping[str, Mapping[str, bool | None] | None]) -> dict[str, Any]:
    """Return choices with the changes made to them; None takes one back. Raise ValidationError for unknown names."""
    check_names(changes)
    merged: dict[str, dict[str, bool | None]] = {category: {**chosen} for category, chosen in current.items()}
    for category, channels in changes.items():
        merged[category] = {} if channels is None else {**merged.get(category, {}), **channels}
    kept = {category: _drop_none(chosen) for category, chosen in merged.items()}
    return {category: chosen for category, chosen in kept.items() if chosen}


def check_names(changes: Mapping[str, Mapping[str, object] | None]) -> None:
    """Raise ValidationError, with the path to it, for a category or a channel that there is not."""
    categories = [row.category for row in list_grid_rows()]
    errors = {
        **{
            f"choices.{category}": _list_names(
                _("There is no such kind of notification. There are: {names}."), categories
            )
            for category in changes
            if category not in categories
        },
        **{
            f"choices.{category}.{channel}": _list_names(_("There is no such channel. There are: {names}."), CHANNELS)
            for category, channels in changes.items()
            for channel in channels or ()
            if channel not in CHANNELS
        },
    }
    if errors:
        raise ValidationError(errors)


def combine_suggestions(suggestions: Sequence[Choices]) -> dict[str, dict[str, bool]]:
    """Return what all of several organisations suggest alike: what a page can show of them in one grid."""
    if not suggestions:
        return {}
    first, *others = suggestions
    return {
        category: {
            channel: value
            for channel, value in chosen.items()
            if all(other.get(category, {}).get(channel) == value for other in others)
        }
        for category, chosen in first.items()
    }


def _drop_none(chosen: Mapping[str, bool | None]) -> dict[str, bool]:
    return {channel: value for channel, value in chosen.items() if value is not None}


def _list_names(text: StrOrPromise, names: Iterable[str]) -> StrOrPromise:
    return format_lazy(text, names=", ".join(names))
