"""Render fragments of pages once for what they show: from page to page few of them change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lib.cache import LRUCache

# Rows of sidebars, most of them, of half a kilobyte each.
_fragments: LRUCache[Hashable, SafeString] = LRUCache(4096)


def cached_fragment(template: str, key: Hashable = None, **context: Any) -> SafeString:
    """Return a rendered template, cached by `key`: all that it depends on, except for the language.

    With DEBUG it is rendered anew.
    """
    full_key = (template, get_language(), key)
    return _fragments.get(full_key) or _render_and_cache(full_key, context)


def cached_fragments(template: str, rows: Sequence[tuple[Hashable, Mapping[str, Any]]]) -> SafeString:
    """Return a template for each of `rows`, a key and a context as for `cached_fragment`, joined."""
    language = get_language()
    keys = [(template, language, key) for key, _ in rows]
    fragments = [
        fragment or _render_and_cache(key, context)
        for fragment, key, (_, context) in zip(_fragments.get_many(keys), keys, rows, strict=True)
    ]
    return SafeString("".join(fragments))


def _render_and_cache(full_key: tuple[str, str, Hashable], context: Mapping[str, Any]) -> SafeString:
    fragment = render_to_string(full_key[0], dict(context))
    if not settings.DEBUG:
        _fragments.put(full_key, fragment)
    return fragment
