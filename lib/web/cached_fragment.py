"""Parts of pages that are drawn once for what they show: from page to page few of them change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Lines of sidebars, most of them: half a kilobyte each.
CAPACITY = 4096

_kept: OrderedDict[Hashable, SafeString] = OrderedDict()


def cached_fragment(template: str, shown: Hashable = None, **context: Any) -> SafeString:
    """A template as it was drawn before for what is `shown`, which names all that it depends on but the language."""
    key = (template, get_language(), shown)
    drawn = _kept.get(key)
    if drawn is None or settings.DEBUG:
        drawn = _kept[key] = render_to_string(template, context)
        if len(_kept) > CAPACITY:
            _kept.popitem(last=False)
    return drawn
