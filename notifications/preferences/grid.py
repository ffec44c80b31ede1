"""The grid of what reaches a user how: a row for each kind of notification, a column for each channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Channels, list_kinds

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHANNELS = Channels._fields
# What was chosen, by kind and channel. What is left out is as the organisation, or else the product suggests.
Choices = Mapping[str, Mapping[str, bool]]


class GridRow(NamedTuple):
    """A kind of notification, what it and its group are called, and the channels that it takes by itself.

    Those that can be chosen for it are `offered`.
    """

    kind: str
    label: str | Promise
    category: str | Promise
    defaults: Channels
    offered: Sequence[str] = CHANNELS


def list_grid_rows() -> list[GridRow]:
    """Return the kinds that can be configured, those of a category together, as they were registered."""
    kinds = [kind for kind in list_kinds() if kind.is_configurable]
    order = {category: number for number, category in enumerate(dict.fromkeys(str(kind.category) for kind in kinds))}
    kinds.sort(key=lambda kind: order[str(kind.category)])
    return [
        GridRow(kind.name, kind.label, kind.category, kind.defaults, CHANNELS if kind.is_listed else CHANNELS[1:])
        for kind in kinds
    ]


def resolve_channels(kind: str, defaults: Channels, *layers: Choices) -> Channels:
    """Return the channels of a kind: each as the first of the layers says that says anything of it."""
    chosen = [layer[kind] for layer in layers if kind in layer]
    return Channels(
        *(
            next((choices[channel] for choices in chosen if channel in choices), default)
            for channel, default in zip(CHANNELS, defaults, strict=True)
        )
    )


def merge_choices(
    current: Choices, changes: Mapping[str, Mapping[str, bool | None] | None]
) -> dict[str, dict[str, bool]]:
    """Return choices with the changes made to them; None takes one back. Raise ValidationError for unknown names."""
    check_names(changes)
    merged: dict[str, dict[str, bool | None]] = {kind: {**chosen} for kind, chosen in current.items()}
    for kind, channels in changes.items():
        merged[kind] = {} if channels is None else {**merged.get(kind, {}), **channels}
    kept = {kind: _drop_none(chosen) for kind, chosen in merged.items()}
    return {kind: chosen for kind, chosen in kept.items() if chosen}


def check_names(changes: Mapping[str, Mapping[str, object] | None]) -> None:
    """Raise ValidationError, with the path to it, for a kind or a channel that there is not."""
    offered = {row.kind: row.offered for row in list_grid_rows()}
    errors = {
        **{
            f"choices.{kind}": _list_names(_("There is no such kind of notification. There are: {names}."), offered)
            for kind in changes
            if kind not in offered
        },
        **{
            f"choices.{kind}.{channel}": _list_names(_("There is no such channel. There are: {names}."), ways)
            for kind, channels in changes.items()
            for ways in (offered.get(kind, CHANNELS),)
            for channel in channels or ()
            if channel not in ways
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
        kind: {
            channel: value
            for channel, value in chosen.items()
            if all(other.get(kind, {}).get(channel) == value for other in others)
        }
        for kind, chosen in first.items()
    }


def _drop_none(chosen: Mapping[str, bool | None]) -> dict[str, bool]:
    return {channel: value for channel, value in chosen.items() if value is not None}


def _list_names(text: StrOrPromise, names: Iterable[str]) -> StrOrPromise:
    return format_lazy(text, names=", ".join(names))
