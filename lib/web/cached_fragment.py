"""Render fragments of pages once for what they show: from page to page few of them change."""

from __future__ import annotations

from collections.abc import Hashable
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from lib.cache import LRUCache
from typing import Any


# Rows of sidebars, most of them, of half a kilobyte each.
_fragments: LRUCache[Hashable, SafeString] = LRUCache(4096)


def cached_fragment(template: str, key: Hashable = None, **context: Any) -> SafeString:
    """Return a rendered template, cached by `key`: all that it depends on, except for the language.

    With DEBUG it is rendered anew.
    """
    full_key = (template, get_language(), key)
    fragment = _fragments.get(full_key)
    if fragment is None or settings.DEBUG:
        fragment = render_to_string(template, context)
        _fragments.put(full_key, fragment)
    return fragment
