"""Write lists in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext


def join_words(things: Iterable[object]) -> str:
    """Join at least one thing to a list in the language of the request: `Halyard, Elsewhere and Nowhere`."""
    *first, last = map(str, things)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
